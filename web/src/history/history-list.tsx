/** All saved lesions, those photographed last first. */
import type { Actions } from '../actions';
import { href } from '../navigation/route';
import type { ScreenProps } from '../screen';
import { day } from '../text/format';
import { t } from '../text/i18n';
import { siteName } from './body-map';
import { agreement, entriesOf, type HistoryContent, type Lesion } from './entry';
import { EntryPicture } from './entry-picture';
import { HistoryTools } from './history-tools';
import { Rerun } from './rerun';

export function HistoryList({ history, state, actions }: ScreenProps & { history: HistoryContent }) {
  const lastOf = ({ id, created }: Lesion) => entriesOf(history, id)[0]?.time ?? created;
  const lesions = [...history.lesions].sort((a, b) => lastOf(b) - lastOf(a));
  const guesses = agreement(history);
  return (
    <div class="sheet history" data-lesions={lesions.length}>
      <h2 class="display">{t('history.heading')}</h2>
      {lesions.length === 0 && <p class="lead">{t('history.empty')}</p>}
      <ul class="cards">
        {lesions.map((lesion) => (
          <LesionCard key={lesion.id} lesion={lesion} history={history} actions={actions} />
        ))}
      </ul>
      {guesses.count > 0 && (
        <p class="agreement" data-same={guesses.same} data-count={guesses.count}>
          {t('history.agreement', guesses)}
        </p>
      )}
      {history.unreadable.length > 0 && <Unreadable places={history.unreadable} />}
      <Rerun state={state} actions={actions} />
      <HistoryTools state={state} actions={actions} />
    </div>
  );
}

interface CardProps {
  lesion: Lesion;
  history: HistoryContent;
  actions: Actions;
}

function LesionCard({ lesion, history, actions }: CardProps) {
  const entries = entriesOf(history, lesion.id);
  const [latest] = entries;
  return (
    <li class="card lesion-card">
      <EntryPicture class="thumb" entry={latest} actions={actions} alt="" />
      <div>
        <h3 class="card-name">
          <a href={href('history', lesion.id)} translate={false}>
            {lesion.name || t('lesion.unnamed')}
          </a>
        </h3>
        {latest?.sample && <p class="sample-note">{t(`entry.${latest.sample}`)}</p>}
        <p class="card-about">{siteName(lesion.site)}</p>
        <p class="aside">
          {t('history.photos', { count: entries.length })}
          {latest && ` · ${day(latest.time)}`}
        </p>
      </div>
    </li>
  );
}

/** Kept, and not to be shown: said, left where it is, and taken along by an export. */
function Unreadable({ places }: { places: string[] }) {
  return (
    <div class="notice" role="alert" data-unreadable={places.length}>
      <p>{t('history.unreadable', { count: places.length })}</p>
      <p class="notice-detail" translate={false} lang="en" dir="ltr">
        {places.slice(0, 10).join('; ')}
      </p>
    </div>
  );
}
