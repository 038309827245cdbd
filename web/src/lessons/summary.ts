/** What a class is, in a sentence or two: the model's own words, and where it is not here, or in other languages, ours. */
import type { Label } from '../protocol/engine-messages';
import { tIfAny } from '../text/i18n';
import { labelAbout } from '../text/label-names';

export function summaryOf(id: string, labels: Label[]): string {
  const label = labels.find((candidate) => candidate.id === id);
  return label ? labelAbout(label) : (tIfAny(`summary.${id}`) ?? '');
}
