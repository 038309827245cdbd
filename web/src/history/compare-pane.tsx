/** A window onto photos that are zoomed and moved as one: by wheel, drag, or the arrow and plus and minus keys. */
import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';

/** x, y: what is in the middle, as shares of the photo. */
export interface View {
  zoom: number;
  x: number;
  y: number;
}

export const WHOLE_VIEW: View = { zoom: 1, x: 0.5, y: 0.5 };
const MAX_ZOOM = 6;
const STEP = 0.08;

interface Props {
  view: View;
  onView: (view: View) => void;
  label: string;
  /** Where the upper photo begins, as a share of the width; none where there is one photo. */
  split?: number;
  children: ComponentChildren;
}

/** The photo never leaves the window on any side. */
function within({ zoom, x, y }: View): View {
  const inside = Math.min(MAX_ZOOM, Math.max(1, zoom));
  const edge = 0.5 / inside;
  const clamp = (value: number) => Math.min(1 - edge, Math.max(edge, value));
  return { zoom: inside, x: clamp(x), y: clamp(y) };
}

const MOVES: Record<string, [number, number]> = {
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0],
  ArrowUp: [0, -STEP],
  ArrowDown: [0, STEP],
};
const ZOOMS: Record<string, number> = { '+': 1.25, '=': 1.25, '-': 0.8 };

export function ComparePane({ view, onView, label, split, children }: Props) {
  const last = useRef<{ x: number; y: number } | null>(null);
  const { zoom, x, y } = within(view);
  const change = (next: Partial<View>) => onView(within({ zoom, x, y, ...next }));
  const onKeyDown = (event: KeyboardEvent) => {
    const move = MOVES[event.key];
    const factor = ZOOMS[event.key];
    if (!move && !factor) return;
    event.preventDefault();
    if (move) change({ x: x + move[0] / zoom, y: y + move[1] / zoom });
    if (factor) change({ zoom: zoom * factor });
  };
  const onPointerMove = (event: PointerEvent & { currentTarget: HTMLElement }) => {
    if (!last.current) return;
    const size = event.currentTarget.clientWidth * zoom;
    change({ x: x - (event.clientX - last.current.x) / size, y: y - (event.clientY - last.current.y) / size });
    last.current = { x: event.clientX, y: event.clientY };
  };
  return (
    <section
      class="compare-pane"
      /* biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys move the photo */
      tabIndex={0}
      aria-label={label}
      data-zoom={zoom.toFixed(2)}
      style={{ '--zoom': zoom, '--x': 0.5 - x, '--y': 0.5 - y, '--split': split ?? 0 }}
      onKeyDown={onKeyDown}
      onWheel={(event) => {
        event.preventDefault();
        change({ zoom: zoom * (event.deltaY < 0 ? 1.1 : 1 / 1.1) });
      }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        last.current = { x: event.clientX, y: event.clientY };
      }}
      onPointerMove={onPointerMove}
      onPointerUp={() => (last.current = null)}
      onPointerCancel={() => (last.current = null)}
    >
      {children}
      {split !== undefined && <span class="compare-edge" aria-hidden="true" />}
    </section>
  );
}
