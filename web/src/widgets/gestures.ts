/** Fingers, mouse and wheel on a picture, as moves and changes of size. */
import { useRef } from 'preact/hooks';

export interface Gesture {
  /** Shares of the place's side. */
  dx: number;
  dy: number;
  /** Of size: above 1 for fingers going apart, and for the wheel turned away from oneself. */
  factor: number;
}

type Point = { x: number; y: number };

/* Of a wheel's one notch: pixels in most browsers, and lines in some. */
const NOTCH_PIXELS = 100;
const NOTCH_LINES = 3;
const NOTCH_FACTOR = 1.1;

/** One notch of a wheel is one step; a touchpad tells of many small parts of one. */
function wheelFactor({ deltaY, deltaMode }: WheelEvent): number {
  const notches = deltaY / (deltaMode === WheelEvent.DOM_DELTA_PIXEL ? NOTCH_PIXELS : NOTCH_LINES);
  return NOTCH_FACTOR ** -Math.max(-1, Math.min(1, notches));
}

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
    onGesture({ dx: 0, dy: 0, factor: wheelFactor(event) });
  };
  return { onPointerDown: down, onPointerMove: move, onPointerUp: up, onPointerCancel: up, onWheel: wheel };
}
