/** Keys on the photo, as changes of the square. */
import type { Gesture } from '../../widgets/gestures';

const KEYS: Record<string, Partial<Gesture>> = {
  ArrowLeft: { dx: -1 },
  ArrowRight: { dx: 1 },
  ArrowUp: { dy: -1 },
  ArrowDown: { dy: 1 },
  '+': { factor: 1.05 },
  '=': { factor: 1.05 },
  '-': { factor: 1 / 1.05 },
};
const STEP = 0.01;
const LARGE_STEP = 0.05;

/** null for a key that means nothing here. */
export function keyGesture({ key, shiftKey, ctrlKey, metaKey, altKey }: KeyboardEvent): Gesture | null {
  const change = KEYS[key];
  if (!change || ctrlKey || metaKey || altKey) return null;
  const step = shiftKey ? LARGE_STEP : STEP;
  return { dx: (change.dx ?? 0) * step, dy: (change.dy ?? 0) * step, factor: change.factor ?? 1 };
}
