/** The sum of the malignant classes on a scale, with the mark from which the model asks for a doctor. */
import type { Label } from '../shared/messages';
import { text } from '../text/en';
import { percent } from '../text/format';

interface Props {
  share: number;
  /** null where the model sets none, or not for the prior shown. */
  mark: number | null;
  labels: Label[];
}

export function Malignant({ share, mark, labels }: Props) {
  const names = new Intl.ListFormat('en').format(labels.filter((l) => l.malignant).map((l) => l.name));
  const above = mark !== null && share >= mark;
  const verdict = mark === null ? text.answer.unmarked : above ? text.answer.above : text.answer.below;
  return (
    <section class={above ? 'block malignant malignant-above' : 'block malignant'} data-above={above}>
      <h3 class="malignant-heading">
        <span>{text.answer.malignant}</span>
        <span class="malignant-number">{percent(share)}</span>
      </h3>
      <div class="gauge" aria-hidden="true" style={{ '--share': share, '--mark': mark ?? 0 }}>
        <span class="gauge-fill" />
        {mark !== null && (
          <span class="gauge-mark">
            <span class="gauge-text">{text.answer.mark(percent(mark))}</span>
          </span>
        )}
      </div>
      <p>{verdict}</p>
      <p class="aside">{text.answer.malignantOf(names)}</p>
    </section>
  );
}
