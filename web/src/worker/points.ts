/** The marks a model sets on its malignant sum, in the form the page draws them. */
import type { OperatingPoint } from '../shared/messages';
import type { ModelDocument } from './classifier';

/** The model's own mark first: the point that has its threshold, or where no point does, the mark alone. */
export function operatingPoints({ thresholds, operating_points = [] }: ModelDocument['metadata']): OperatingPoint[] {
  const own = thresholds?.malignant;
  const points = operating_points.map(({ name, threshold, ppv_at_2_percent, ...rest }) => ({
    name,
    threshold,
    figures: { ...rest, ppvAtTwoPercent: ppv_at_2_percent },
  }));
  const isOwn = ({ threshold }: OperatingPoint) => threshold === own;
  if (own === undefined) return points;
  if (!points.some(isOwn)) return [{ name: '', threshold: own, figures: null }, ...points];
  return [...points.filter(isOwn), ...points.filter((point) => !isOwn(point))];
}
