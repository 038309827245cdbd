/** The page of one class. */
import { href } from '../navigation/route';
import type { Label } from '../protocol/engine-messages';
import { t } from '../text/i18n';
import { labelFor } from '../text/label-names';
import type { Lesson, Lessons } from '../text/lessons';
import { DATA_SOURCE, SOURCES } from './sources';
import { summaryOf } from './summary';

interface Props {
  id: string;
  lessons: Lessons;
  labels: Label[];
}

const PARTS = ['what', 'not', 'next'] as const satisfies (keyof Lesson)[];

export function LessonPage({ id, lessons, labels }: Props) {
  const { name } = labelFor(id, labels);
  const about = summaryOf(id, labels);
  /* The address may name anything, also what every object has. */
  const lesson = Object.hasOwn(lessons, id) ? (lessons as Record<string, Lesson>)[id] : undefined;
  return (
    <article class="sheet lesson" data-lesson={id}>
      <p>
        <a class="back" href={href('lesson')}>
          {t('lesson.all')}
        </a>
      </p>
      <h2 class="display">{name}</h2>
      <p class="lead">{about}</p>
      {lesson ? (
        PARTS.map((part) => (
          <section class="block" key={part}>
            <h3 class="lesson-part">{t(`lesson.${part}`)}</h3>
            {lesson[part].map((paragraph) => (
              <p key={paragraph}>{paragraph}</p>
            ))}
          </section>
        ))
      ) : (
        <p class="block">{t('lesson.unknown')}</p>
      )}
      <Sources id={id} />
    </article>
  );
}

function Sources({ id }: { id: string }) {
  return (
    <section class="block aside">
      <h3 class="small-heading">{t('lesson.sources')}</h3>
      <ul class="plain-list" translate={false} lang="en" dir="ltr">
        {[...((Object.hasOwn(SOURCES, id) && SOURCES[id]) || []), DATA_SOURCE].map(({ by, title }) => (
          <li key={title}>
            {by}: <cite>{title}</cite>
          </li>
        ))}
      </ul>
      <p class="disclaimer">{t('lesson.noAdvice')}</p>
    </section>
  );
}
