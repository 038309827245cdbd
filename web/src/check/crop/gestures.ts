/** Fingers, mouse, wheel and keys on the photo, as changes of the square. */
import { useRef } from 'preact/hooks';

export interface Gesture {
  /** Shares of the place's side. */
  dx: number;
  dy: number;
  /** Of the square's side. */
  factor: number;
}

type Point = { x: number; y: number };

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

const middle = (points: Point[]): Point => ({
  x: points.reduce((sum, { x }) => sum + x, 0) / points.length,
  y: points.reduce((sum, { y }) => sum + y, 0) / points.length,
});

const spread = ([a, b]: Point[]) => (a && b ? Math.hypot(a.x - b.x, a.y - b.y) : 0);

/** Handlers for the place the photo lies in; `onGesture` hears of every change. */
export function useGestures(onGesture: (gesture: Gesture) => void) {
  const pointers = useRef(new Map<number, Point>());
  const down = (event: PointerEvent & { currentTarget: HTMLElement }) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    pointers.current.set(event.pointerId, { x: event.clientX, y: event.clientY });
  };
  const move = (event: PointerEvent & { currentTarget: HTMLElement }) => {
    const held = pointers.current;
    if (!held.has(event.pointerId)) return;
    const before = [...held.values()];
    held.set(event.pointerId, { x: event.clientX, y: event.clientY });
    const after = [...held.values()];
    const [from, to] = [middle(before), middle(after)];
    const side = event.currentTarget.clientWidth;
    const factor = before.length === 2 && spread(before) > 0 ? spread(after) / spread(before) : 1;
    onGesture({ dx: (to.x - from.x) / side, dy: (to.y - from.y) / side, factor });
  };
  const up = (event: PointerEvent) => void pointers.current.delete(event.pointerId);
  const wheel = (event: WheelEvent) => {
    event.preventDefault();
    onGesture({ dx: 0, dy: 0, factor: event.deltaY < 0 ? 1.05 : 1 / 1.05 });
  };
  const key = (event: KeyboardEvent) => {
    const change = KEYS[event.key];
    if (!change || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const step = event.shiftKey ? LARGE_STEP : STEP;
    onGesture({ dx: (change.dx ?? 0) * step, dy: (change.dy ?? 0) * step, factor: change.factor ?? 1 });
  };
  return {
    onPointerDown: down,
    onPointerMove: move,
    onPointerUp: up,
    onPointerCancel: up,
    onWheel: wheel,
    onKeyDown: key,
  };
}
