/** The square of a photo that is classified: where it lies, and how it moves. As src/lentigo.h has it. */
import type { Region } from '../../protocol/engine-messages';

export interface Size {
  width: number;
  height: number;
}

/** Of a square over the photo's shorter side; below it there is too little for the network to see. */
export const MIN_SIDE = 0.1;

/** Shares with four digits: finer than a pixel of any screen, and the same number everywhere. */
const round = (value: number) => Math.round(value * 1e4) / 1e4;
const clamp = (value: number, least: number, most: number) => Math.min(most, Math.max(least, value));

export const turnedSize = ({ width, height }: Size, quarterTurns: number): Size =>
  quarterTurns % 2 === 0 ? { width, height } : { width: height, height: width };

/** The square in full: where none was chosen, the model's own crop in the centre. */
export const explicit = (region: Region, crop: number): Region =>
  region.side > 0 ? region : { ...region, x: 0.5, y: 0.5, side: crop };

/** Inside of the photo, and not too small. `photo` is upright, not turned. */
export function within(region: Region, photo: Size): Region {
  const { width, height } = turnedSize(photo, region.quarterTurns);
  const side = clamp(round(region.side), MIN_SIDE, 1);
  const half = (side * Math.min(width, height)) / 2;
  const inside = (share: number, of: number) => round(clamp(share, half / of, 1 - half / of));
  return { ...region, side, x: inside(region.x, width), y: inside(region.y, height) };
}

/** Move by shares of the turned photo's width and height. */
export const moved = (region: Region, dx: number, dy: number): Region => ({
  ...region,
  x: region.x + dx,
  y: region.y + dy,
});

export const scaled = (region: Region, factor: number): Region => ({ ...region, side: region.side * factor });

/** A quarter turn, clockwise for 1 and back for -1; the square stays on the same skin. */
export function turned(region: Region, by: 1 | -1): Region {
  const quarterTurns = (region.quarterTurns + by + 4) % 4;
  const { x, y } = region;
  return by === 1 ? { ...region, quarterTurns, x: 1 - y, y: x } : { ...region, quarterTurns, x: y, y: 1 - x };
}

/** A square for the photo as it lies, on the photo turned. */
export function turnedTo(region: Region, quarterTurns: number): Region {
  return region.quarterTurns === quarterTurns ? region : turnedTo(turned(region, 1), quarterTurns);
}

/** How an upright picture is laid into a square place so that the region fills it: CSS, in shares of that place. */
export function placed(photo: Size, region: Region): Record<string, string> {
  const { width, height } = turnedSize(photo, region.quarterTurns);
  const length = region.side * Math.min(width, height);
  const percent = (share: number) => `${share * 100}%`;
  return {
    width: percent(photo.width / length),
    height: percent(photo.height / length),
    left: percent(0.5 + ((0.5 - region.x) * width) / length),
    top: percent(0.5 + ((0.5 - region.y) * height) / length),
    transform: `translate(-50%, -50%) rotate(${region.quarterTurns * 90}deg)`,
  };
}
