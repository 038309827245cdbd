/** The model's thresholds on the malignant sum, with what they did on lesions it was not trained on. */
import type { PictureKind, PointFigures } from '../protocol/engine-messages';
import { percent } from '../text/format';
import { t } from '../text/i18n';
import { pictureName } from '../text/label-names';
import { FactList } from '../widgets/fact-list';

const COLUMNS = [
  ['sensitivity', 'model.sensitivity'],
  ['specificity', 'model.specificity'],
  ['ppv', 'model.ppv'],
  ['ppvAtTwoPercent', 'model.ppvTwo'],
] as const satisfies [keyof PointFigures, string][];

export function PointTable({ kinds }: { kinds: PictureKind[] }) {
  const stated = kinds.flatMap((kind) =>
    kind.points.flatMap(({ threshold, figures }) => (figures ? [{ kind, threshold, figures }] : [])),
  );
  if (stated.length === 0) return null;
  return (
    <section class="block">
      <h3 class="lesson-part">{t('model.points')}</h3>
      {stated.map(({ kind, threshold, figures }) => (
        <div class="point-facts" key={`${kind.id} ${threshold}`}>
          <FactList
            facts={[
              ...(kind.id === '' ? [] : [[t('report.picture'), pictureName(kind.id, kinds)] as const]),
              [t('model.threshold'), percent(threshold)],
              ...COLUMNS.map(([name, title]) => [t(title), percent(figures[name])] as const),
            ]}
          />
        </div>
      ))}
      <p class="aside">{t('model.pointsNote')}</p>
    </section>
  );
}
