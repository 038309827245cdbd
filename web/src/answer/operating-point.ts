/** Which of a model's thresholds on the malignant sum is used. */
import type { OperatingPoint } from '../protocol/engine-messages';

/** The one chosen in the settings where the model has it, else the model's own, which comes first. */
export function pointFor(points: OperatingPoint[], chosen: string | null): OperatingPoint | null {
  return points.find(({ name }) => name === chosen) ?? points[0] ?? null;
}
