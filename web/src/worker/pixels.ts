/** Pixels of the formats only the browser can decode: HEIC, WebP, AVIF and the like. */
import { Fault } from '../shared/fault';

export interface Pixels {
  /** [height, width, 4] u8, upright, alpha not premultiplied. */
  data: Uint8ClampedArray;
  width: number;
  height: number;
}

/* More than any model's input needs, and no strain on a phone's memory: 48 MB as RGBA. */
const MAX_PIXELS = 12_000_000;

export async function decodePixels(photo: Blob): Promise<Pixels> {
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(photo, { imageOrientation: 'from-image', premultiplyAlpha: 'none' });
  } catch (error) {
    throw new Fault('not-a-picture', (error as Error).message);
  }
  try {
    return readPixels(bitmap);
  } finally {
    bitmap.close();
  }
}

function readPixels(bitmap: ImageBitmap): Pixels {
  const shrink = Math.min(1, Math.sqrt(MAX_PIXELS / (bitmap.width * bitmap.height)));
  const width = Math.max(1, Math.round(bitmap.width * shrink));
  const height = Math.max(1, Math.round(bitmap.height * shrink));
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!context) throw new Fault('LT_MEMORY', `${width} x ${height} pixels`);
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, width, height);
  return { data: context.getImageData(0, 0, width, height).data, width, height };
}
