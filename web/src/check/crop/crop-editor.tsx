/** The whole photo with the square that is classified, to be turned, moved and sized by hand. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Region } from '../../protocol/engine-messages';
import { t } from '../../text/i18n';
import { type Gesture, useGestures } from '../../widgets/gestures';
import type { Photo } from '../state';
import { explicit, MIN_SIDE, moved, placed, type Size, scaled, turned, turnedSize, turnedTo, within } from './geometry';
import { keyGesture } from './keys';

interface Props {
  photo: Photo;
  /** Of the upright photo, as the browser shows it. */
  size: Size;
  region: Region;
  /** The model's own crop. */
  crop: number;
  /** The square that the engine proposes. */
  proposal: Region | null;
  onDone: (region: Region) => void;
  onCancel: () => void;
}

export function CropEditor({ photo, size, region, crop, proposal, onDone, onCancel }: Props) {
  const [draft, setDraft] = useState(() => within(explicit(region, crop), size));
  const place = useRef<HTMLDivElement>(null);
  /* The button that opened it is gone; the focus brings the photo into view, too. At once, so that no key is lost. */
  useLayoutEffect(() => place.current?.focus(), []);
  const { width, height } = turnedSize(size, draft.quarterTurns);
  const longer = Math.max(width, height);
  const change = (next: Region) => setDraft(within(next, size));
  const follow = ({ dx, dy, factor }: Gesture) =>
    setDraft((now) => within(scaled(moved(now, (dx * longer) / width, (dy * longer) / height), factor), size));
  const gestures = useGestures(follow);
  const onPlaceKey = (event: KeyboardEvent) => {
    const gesture = keyGesture(event);
    if (!gesture) return;
    event.preventDefault();
    follow(gesture);
  };
  const onKey = ({ key, target }: KeyboardEvent) => {
    if (key === 'Escape') onCancel();
    /* On a button it is the button that is meant. */
    if (key === 'Enter' && !(target instanceof HTMLButtonElement)) onDone(draft);
  };
  const percent = (share: number) => `${share * 100}%`;
  const square = ({ x, y, side }: Region) => ({
    width: percent((side * Math.min(width, height)) / longer),
    left: percent(0.5 + ((x - 0.5) * width) / longer),
    top: percent(0.5 + ((y - 0.5) * height) / longer),
  });
  const proposed = proposal && within(turnedTo(proposal, draft.quarterTurns), size);
  /* The photo, whole: a square of the longer side around its centre. */
  const whole = { ...draft, x: 0.5, y: 0.5, side: longer / Math.min(width, height) };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape and Enter in any of the controls in it
    <div class="crop" onKeyDown={onKey}>
      <div
        ref={place}
        class="frame crop-place"
        role="application"
        aria-label={t('crop.place')}
        aria-describedby="crop-help"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: an application takes the keys itself
        tabIndex={0}
        onKeyDown={onPlaceKey}
        {...gestures}
      >
        <img class="crop-photo" src={photo.url} alt="" draggable={false} style={placed(size, whole)} />
        <div class="crop-square" style={square(draft)} data-region={[draft.x, draft.y, draft.side].join(',')} />
        {proposed && <div class="crop-proposal" style={square(proposed)} />}
      </div>
      {proposed && (
        <button type="button" class="button button-small crop-propose" onClick={() => setDraft(proposed)}>
          {t('crop.propose')}
        </button>
      )}
      <label class="crop-size">
        <span>{t('crop.size')}</span>
        <input
          type="range"
          name="side"
          min={MIN_SIDE}
          max="1"
          step="0.01"
          value={draft.side}
          onInput={({ currentTarget }) => change({ ...draft, side: currentTarget.valueAsNumber })}
        />
      </label>
      <div class="crop-buttons">
        <button type="button" class="button button-small crop-left" onClick={() => change(turned(draft, -1))}>
          {t('crop.left')}
        </button>
        <button type="button" class="button button-small crop-right" onClick={() => change(turned(draft, 1))}>
          {t('crop.right')}
        </button>
        <button type="button" class="button button-small crop-cancel" onClick={onCancel}>
          {t('crop.cancel')}
        </button>
        <button type="button" class="button button-small button-main crop-done" onClick={() => onDone(draft)}>
          {t('crop.done')}
        </button>
      </div>
      <p class="aside" id="crop-help">
        {t('crop.help')}
      </p>
    </div>
  );
}
