/** The map of a class over a photo: orange, the stronger the more of it. What speaks against the class is clear. */
import { useEffect, useRef } from 'preact/hooks';
import type { ClassMap } from '../protocol/engine-messages';

const COLOUR = [255, 138, 20] as const;

/** One pixel for each value; the browser enlarges it smoothly. */
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

export function MapCanvas({ map, strength }: { map: ClassMap; strength: number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (canvas.current) paint(canvas.current, map);
  }, [map]);
  return (
    <canvas ref={canvas} class="map-overlay" width={map.width} height={map.height} style={{ opacity: strength }} />
  );
}
