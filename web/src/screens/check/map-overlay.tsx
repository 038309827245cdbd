/** The map of a class over the photo: orange, the stronger the more of it, with a slider for how much is seen. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ClassMap } from '../../shared/messages';
import { t } from '../../text/i18n';

const COLOUR = [255, 138, 20] as const;

/** One pixel for each value; the browser enlarges it smoothly. What speaks against the class is left clear. */
function paint(canvas: HTMLCanvasElement, { width, height, values }: ClassMap): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const peak = Math.max(...values, Number.MIN_VALUE);
  const image = context.createImageData(width, height);
  values.forEach((value, i) => {
    image.data.set([...COLOUR, Math.round((Math.max(0, value) / peak) * 255)], i * 4);
  });
  context.putImageData(image, 0, 0);
}

export function MapOverlay({ map }: { map: ClassMap }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [strength, setStrength] = useState(0.65);
  useEffect(() => {
    if (canvas.current) paint(canvas.current, map);
  }, [map]);
  return (
    <>
      <canvas ref={canvas} class="map-overlay" width={map.width} height={map.height} style={{ opacity: strength }} />
      <label class="map-strength">
        <span class="unseen">{t('map.strength')}</span>
        <input
          type="range"
          name="strength"
          min="0"
          max="1"
          step="0.05"
          value={strength}
          onInput={({ currentTarget }) => setStrength(Number(currentTarget.value))}
        />
      </label>
    </>
  );
}
