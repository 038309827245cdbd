/** Which of a model's thresholds on the malignant sum is used. */
import type { Decision, Label, OperatingPoint } from '../protocol/engine-messages';

/** The one chosen in the settings where the model has it, else the model's own, which comes first. */
export function pointFor(points: OperatingPoint[], chosen: string | null): OperatingPoint | null {
  return points.find(({ name }) => name === chosen) ?? points[0] ?? null;
}

/**
 * The advice is to have the spot seen soon: the sum of the malignant classes is at or above the threshold, or where there
 * is none that holds, a malignant class leads. `decision`: for the model's own prior, which thresholds are made for.
 */
export function isAlarming(decision: Decision, point: OperatingPoint | null, labels: Label[]): boolean {
  if (point) return decision.malignant >= point.threshold;
  return labels.some(({ id, malignant }) => malignant && id === decision.order[0]);
}
