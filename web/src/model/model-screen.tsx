/** The model card in the app: what the loaded model says of itself, and what it is not for; then the app's own parts. */
import { isOfLesions } from '../answer/decision';
import { href } from '../navigation/route';
import type { ScreenProps } from '../screen';
import { list } from '../text/format';
import { t } from '../text/i18n';
import { labelName } from '../text/label-names';
import { AppFacts } from './app-facts';
import { KindFigures } from './kind-figures';
import { ModelFacts } from './model-facts';
import { PointTable } from './point-table';

const SECTIONS = ['for', 'notFor', 'data'] as const;

export function ModelScreen({ state: { model, route } }: ScreenProps) {
  const general = model !== null && !isOfLesions(model);
  const marked = model?.labels.filter((label) => label.marked) ?? [];
  return (
    <div class="sheet model-page">
      <h2 class="display">{t('model.heading')}</h2>
      {!general &&
        SECTIONS.map((section) => (
          <section class="block" key={section}>
            <h3 class="lesson-part">{t(`model.${section}`)}</h3>
            <p>{t(`model.${section}Text`)}</p>
          </section>
        ))}
      {model && general && (
        <>
          <p class="lead">{t('general.note')}</p>
          <section class="block">
            <h3 class="lesson-part">{t('own.classes')}</h3>
            <p translate={false} dir="auto">
              {list(model.labels.map(({ name }) => name))}
            </p>
          </section>
          {marked.length > 0 && (
            <section class="block">
              <h3 class="lesson-part">{t('batch.marked')}</h3>
              <p translate={false} dir="auto">
                {list(marked.map(({ name }) => name))}
              </p>
            </section>
          )}
          <ModelFacts model={model} />
        </>
      )}
      {model && !general && (
        <>
          <section class="block">
            <h3 class="lesson-part">{t('model.kinds')}</h3>
            <ul class="plain-list">
              {model.labels.map((label) => (
                <li key={label.id}>
                  <a href={href('lesson', label.id)}>{labelName(label)}</a>
                </li>
              ))}
            </ul>
            <a class="back" href={href('lesson')}>
              {t('lesson.heading')}
            </a>
          </section>
          <KindFigures kinds={model.kinds} of={model.figuresOf} shown={route.rest[0] === 'figures'} />
          <PointTable kinds={model.kinds} />
          <p class="block">
            <a class="back" href={href('evaluate')}>
              {t('evaluate.title')}
            </a>
          </p>
          <ModelFacts model={model} />
        </>
      )}
      {!model && <p class="block">{t('model.none')}</p>}
      <AppFacts />
    </div>
  );
}
