/** Of a photograph to try: what the lesion is known to be, said once the answer is there. */
import type { Label } from '../protocol/engine-messages';
import { t } from '../text/i18n';
import { labelFor } from '../text/label-names';
import type { Photograph } from './samples';

interface Props {
  photograph: Photograph;
  labels: Label[];
}

export function SampleTruth({ photograph: { label, confirmed }, labels }: Props) {
  return (
    <p class="sample-truth" data-label={label}>
      <strong>{t('sample.truth', { name: labelFor(label, labels).name })}</strong> {t(`sample.by.${confirmed}`)}
    </p>
  );
}
