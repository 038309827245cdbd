/** A window onto photos that are zoomed and moved as one: by fingers, wheel, drag, or the arrow and plus and minus keys. */
import type { ComponentChildren } from 'preact';
import { useGestures } from '../widgets/gestures';

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
  onView: (change: (view: View) => View) => void;
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
  const { zoom, x, y } = within(view);
  /* From what there is then: several fingers move before the page is drawn again. */
  const change = (next: (view: View) => Partial<View>) =>
    onView((now) => within({ ...within(now), ...next(within(now)) }));
  const onKeyDown = (event: KeyboardEvent) => {
    const move = MOVES[event.key];
    const factor = ZOOMS[event.key];
    if (event.key === 'Escape') onView(() => WHOLE_VIEW);
    if (!move && !factor) return;
    event.preventDefault();
    if (move) change((now) => ({ x: now.x + move[0] / now.zoom, y: now.y + move[1] / now.zoom }));
    if (factor) change((now) => ({ zoom: now.zoom * factor }));
  };
  const gestures = useGestures(({ dx, dy, factor }) =>
    change((now) => ({ x: now.x - dx / now.zoom, y: now.y - dy / now.zoom, zoom: now.zoom * factor })),
  );
  return (
    <section
      class="compare-pane"
      /* biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys move the photo */
      tabIndex={0}
      aria-label={label}
      data-zoom={zoom.toFixed(2)}
      style={{ '--zoom': zoom, '--x': 0.5 - x, '--y': 0.5 - y, '--split': split ?? 0 }}
      onKeyDown={onKeyDown}
      {...gestures}
    >
      {children}
      {split !== undefined && <span class="compare-edge" aria-hidden="true" />}
    </section>
  );
}
