/**
 * Whether a photo is for the engine's own decoder or better made small by the browser first: WebAssembly's
 * memory grows to the largest photo there was and never shrinks. A baseline JPEG is decoded at a fraction of
 * its size, so even 108 megapixels take little; a PNG, or the coefficients of a progressive JPEG, take the whole.
 */
import type { Region } from '../shared/messages';

export interface Extent {
  width: number;
  height: number;
  /** It has to be held whole, at so many bytes a pixel; 0 for a JPEG that is read row by row. */
  wholeBytes: number;
}

/** The most the engine is asked for; JPEG's own limit is 65,535 on a side. */
export const MAX_PIXELS = 200_000_000;

const MIB = 1024 * 1024;
const BUDGET = 160 * MIB;
/* On a phone with 2 GB or less, where pages of 300 MB are ended. */
const SMALL_BUDGET = 48 * MIB;

const PNG_BYTES = 8;
const PROGRESSIVE_BYTES = 6;
const JPEG_BLOCK = 8;

/** From the file's header; null where it cannot be read there, which the engine will say better. */
export function extentOf(bytes: Uint8Array): Extent | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes[0] !== 0xff) {
    if (bytes.length < 24) return null;
    return { width: view.getUint32(16), height: view.getUint32(20), wholeBytes: PNG_BYTES };
  }
  for (let at = 2; at + 9 <= bytes.length && bytes[at] === 0xff; ) {
    const marker = bytes[at + 1] ?? 0;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame) {
      const wholeBytes = marker === 0xc2 ? PROGRESSIVE_BYTES : 0;
      return { width: view.getUint16(at + 7), height: view.getUint16(at + 5), wholeBytes };
    }
    /* A fill byte before a marker. */
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2);
  }
  return null;
}

/** The fraction a JPEG is decoded at, as image_jpeg.c chooses it: 1, 2, 4 or 8. */
function scaleOf({ width, height }: Extent, side: number, input: number): number {
  const square = Math.min(width, height) * side;
  let scale = 1;
  while (scale < JPEG_BLOCK && square / (2 * scale) >= input) scale *= 2;
  return scale;
}

/** About what the engine takes to read the photo, in bytes. `side`: of the square over the shorter side. */
export function engineBytes(fileBytes: number, extent: Extent, side: number, input: number): number {
  const pixels = extent.width * extent.height;
  const scale = scaleOf(extent, side, input);
  const whole = scale === JPEG_BLOCK && extent.wholeBytes === PROGRESSIVE_BYTES ? 0 : extent.wholeBytes;
  return fileBytes + pixels * whole + (3 * pixels) / scale ** 2;
}

/** `memory`: gigabytes of the device, as the browser tells it. */
export function fitsEngine(
  bytes: Uint8Array,
  region: Region,
  { crop, width }: { crop: number; width: number },
  memory: number,
): boolean {
  const extent = extentOf(bytes);
  if (!extent) return true;
  const side = region.side > 0 ? region.side : crop;
  return engineBytes(bytes.length, extent, side, width) <= (memory <= 2 ? SMALL_BUDGET : BUDGET);
}
