/** The sum of the malignant classes on a scale, with the threshold chosen and what that did in tests. */
import { href } from '../navigation/route';
import type { Label, OperatingPoint, PictureKind, PointFigures } from '../protocol/engine-messages';
import { and, percent } from '../text/format';
import { t } from '../text/i18n';
import { labelName } from '../text/label-names';

interface Props {
  share: number;
  /** null where the model sets no threshold, or none for the prior shown. */
  point: OperatingPoint | null;
  /** Of the picture; null where it is of none, and no threshold holds for it. */
  kind: PictureKind | null;
  labels: Label[];
  /** Taken without a dermatoscope: said with less certainty. */
  plain: boolean;
}

function standing({ share, point, kind, plain }: Props) {
  if (kind === null) return 'answer.noneForPicture';
  if (point === null) return 'answer.noThreshold';
  if (share >= point.threshold) return plain ? 'plain.above' : 'answer.above';
  return plain ? 'plain.below' : 'answer.below';
}

export function Malignant(props: Props) {
  const { share, point, kind, labels } = props;
  const names = and(labels.filter(({ malignant }) => malignant).map(labelName));
  const above = point !== null && share >= point.threshold;
  return (
    <section class={above ? 'block malignant malignant-above' : 'block malignant'} data-above={above}>
      <h3 class="malignant-heading">
        <span>{t('answer.malignant')}</span>
        <span class="malignant-number">{percent(share)}</span>
      </h3>
      <div class="gauge" aria-hidden="true" style={{ '--share': share, '--mark': point?.threshold ?? 0 }}>
        <span class="gauge-fill" />
        {point && (
          <span class={point.threshold > 0.5 ? 'gauge-mark gauge-mark-late' : 'gauge-mark'}>
            <span class="gauge-text">{t('answer.threshold', { share: percent(point.threshold) })}</span>
          </span>
        )}
      </div>
      <p>{t(standing(props))}</p>
      <p class="aside">{t('answer.malignantOf', { names })}</p>
      {point?.figures && <Figures figures={point.figures} choice={(kind?.points.length ?? 0) > 1} />}
    </section>
  );
}

const ofHundred = (share: number) => ({ count: Math.round(share * 100) });

function Figures({ figures, choice }: { figures: PointFigures; choice: boolean }) {
  return (
    <details class="figures">
      <summary>{t('answer.figuresHeading')}</summary>
      <ul class="plain-list">
        <li>{t('answer.figures.found', ofHundred(figures.sensitivity))}</li>
        <li>{t('answer.figures.spared', ofHundred(figures.specificity))}</li>
        <li>{t('answer.figures.ppv', ofHundred(figures.ppv))}</li>
        <li>{t('answer.figures.ppvTwo', ofHundred(figures.ppvAtTwoPercent))}</li>
      </ul>
      {choice && <a href={href('settings')}>{t('answer.figures.change')}</a>}
    </details>
  );
}
