/** All classes there is a page for, in the order of the alphabet. */
import { href } from '../navigation/route';
import type { Label } from '../protocol/engine-messages';
import { byName } from '../text/format';
import { t } from '../text/i18n';
import { labelFor } from '../text/label-names';
import { summaryOf } from './summary';

export function LessonList({ ids, labels }: { ids: string[]; labels: Label[] }) {
  const kinds = ids
    .map((id) => ({ id, about: summaryOf(id, labels), ...labelFor(id, labels) }))
    .sort((a, b) => byName(a.name, b.name));
  return (
    <div class="sheet lesson">
      <h2 class="display">{t('lesson.heading')}</h2>
      <p class="lead">{t('lesson.lead')}</p>
      <ul class="cards">
        {kinds.map(({ id, name, about }) => (
          <li key={id} class="card">
            <h3 class="card-name">
              <a href={href('lesson', id)}>{name}</a>
            </h3>
            <p class="card-about">{about}</p>
          </li>
        ))}
      </ul>
      <p class="aside">{t('lesson.noAdvice')}</p>
    </div>
  );
}
