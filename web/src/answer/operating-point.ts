/** Which of a model's marks is at work. */
import type { OperatingPoint } from '../protocol/engine-messages';

/** The one chosen in the settings where the model has it, else the model's own, which comes first. */
export function pointFor(points: OperatingPoint[], chosen: string | null): OperatingPoint | null {
  return points.find(({ name }) => name === chosen) ?? points[0] ?? null;
}
