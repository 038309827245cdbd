/** One lesion: where it is, its photos over time with every answer, a reminder, and the way to compare. */
import { useState } from 'preact/hooks';
import type { Actions } from '../actions';
import { href } from '../navigation/route';
import type { State } from '../state';
import { t } from '../text/i18n';
import { ConfirmButton } from '../widgets/confirm-button';
import { Notice } from '../widgets/notice';
import { entriesOf, type Lesion } from './entry';
import { EntryCard } from './entry-card';
import { LesionFields } from './lesion-fields';
import { Remind } from './remind';
import { Rerun } from './rerun';

interface Props {
  lesion: Lesion;
  state: State;
  actions: Actions;
}

export function LesionPage({ lesion, state, actions }: Props) {
  const entries = state.history ? entriesOf(state.history, lesion.id) : [];
  return (
    <div class="sheet lesion-page" data-photos={entries.length}>
      <p>
        <a class="back" href={href('history')}>
          {t('history.heading')}
        </a>
      </p>
      <h2 class="display" translate={false}>
        {lesion.name || t('lesion.unnamed')}
      </h2>
      {state.historyFailure && <Notice failure={state.historyFailure} />}
      <div class="button-row lesion-row">
        {entries.length > 1 && (
          <a class="button button-small" href={href('history', lesion.id, 'compare')}>
            {t('compare.open')}
          </a>
        )}
        <Remind />
      </div>
      <p class="aside">{t('lesion.noVerdict')}</p>
      <Rerun state={state} actions={actions} />
      <ol class="entries">
        {entries.map((entry) => (
          <EntryCard key={entry.id} entry={entry} among={entries} state={state} actions={actions} />
        ))}
      </ol>
      <LesionForm lesion={lesion} actions={actions} />
    </div>
  );
}

function LesionForm({ lesion, actions }: Omit<Props, 'state'>) {
  /* What the person saw when the page was opened; null: what is shown now. */
  const [seen, setSeen] = useState<Lesion | null>(lesion);
  const [name, setName] = useState(lesion.name);
  const [site, setSite] = useState(lesion.site);
  const save = async (event: Event) => {
    event.preventDefault();
    await actions.changeLesion(lesion.id, seen ?? lesion, { name: name.trim(), site });
    setSeen(null);
  };
  return (
    <section class="block">
      <h3 class="small-heading">{t('lesion.about')}</h3>
      <form class="form" onSubmit={save}>
        <LesionFields name={name} site={site} onName={setName} onSite={setSite} />
        <div class="button-row">
          <button type="submit" class="button button-small">
            {t('lesion.save')}
          </button>
          <ConfirmButton
            name={t('lesion.delete')}
            question={t('lesion.deleteQuestion')}
            onConfirm={() => void actions.dropLesion(lesion)}
          />
        </div>
      </form>
    </section>
  );
}
