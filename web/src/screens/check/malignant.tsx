/** The sum of the malignant classes on a scale, with the mark from which the model asks for a doctor. */
import type { Label } from '../../shared/messages';
import { and, percent } from '../../text/format';
import { t } from '../../text/i18n';
import { kindName } from '../../text/kinds';

interface Props {
  share: number;
  /** null where the model sets none, or not for the prior shown. */
  mark: number | null;
  labels: Label[];
}

export function Malignant({ share, mark, labels }: Props) {
  const names = and(labels.filter(({ malignant }) => malignant).map(kindName));
  const above = mark !== null && share >= mark;
  const verdict = t(mark === null ? 'answer.unmarked' : above ? 'answer.above' : 'answer.below');
  return (
    <section class={above ? 'block malignant malignant-above' : 'block malignant'} data-above={above}>
      <h3 class="malignant-heading">
        <span>{t('answer.malignant')}</span>
        <span class="malignant-number">{percent(share)}</span>
      </h3>
      <div class="gauge" aria-hidden="true" style={{ '--share': share, '--mark': mark ?? 0 }}>
        <span class="gauge-fill" />
        {mark !== null && (
          <span class="gauge-mark">
            <span class="gauge-text">{t('answer.mark', { share: percent(mark) })}</span>
          </span>
        )}
      </div>
      <p>{verdict}</p>
      <p class="aside">{t('answer.malignantOf', { names })}</p>
    </section>
  );
}
