/** Pixels from the browser's decoder: of HEIC, WebP, AVIF and the like, and where a small picture is enough. */
import { openBitmap } from './bitmap';
import { Fault, type LentigoFault } from './fault';
import type { Pixels } from './types';

/* More than any model's input needs, and no strain on a phone's memory: 48 MB as RGBA. */
const MAX_PIXELS = 12_000_000;
/* A lesion is found on a grid of 48 cells a side: this is fine enough for it. */
export const OVERVIEW_PIXELS = 50_000;

/** The whole photo, small. Null where the browser cannot decode it. */
export async function decodeOverview(photo: Blob): Promise<Pixels | null> {
  return decodePixels(photo, 'not-a-picture', OVERVIEW_PIXELS).catch(() => null);
}

/** `refusal`: the fault where the browser cannot decode it. */
export async function decodePixels(photo: Blob, refusal: LentigoFault, most = MAX_PIXELS): Promise<Pixels> {
  if (typeof createImageBitmap !== 'function') throw new Fault(refusal, 'only JPEG and PNG are read here');
  let bitmap: ImageBitmap;
  try {
    bitmap = await openBitmap(photo, { premultiplyAlpha: 'none' });
  } catch (error) {
    throw new Fault(refusal, (error as Error).message);
  }
  try {
    return readPixels(bitmap, most);
  } finally {
    bitmap.close();
  }
}

export function readPixels(bitmap: ImageBitmap, most = MAX_PIXELS): Pixels {
  try {
    return drawPixels(bitmap, most);
  } catch (error) {
    throw error instanceof Fault ? error : new Fault('LT_MEMORY', (error as Error).message);
  }
}

function drawPixels(bitmap: ImageBitmap, most: number): Pixels {
  const shrink = Math.min(1, Math.sqrt(most / (bitmap.width * bitmap.height)));
  const width = Math.max(1, Math.round(bitmap.width * shrink));
  const height = Math.max(1, Math.round(bitmap.height * shrink));
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!context) throw new Fault('LT_MEMORY', `${width} x ${height} pixels`);
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, width, height);
  return { data: context.getImageData(0, 0, width, height).data, width, height };
}

export const THUMBNAIL_SIDE = 96;

/** The centre square, 96 pixels wide. Null where the browser cannot decode the photo, or has no memory for it. */
export const drawThumbnail = (photo: Blob | ImageData): Promise<Blob | null> => draw(photo).catch(() => null);

async function draw(photo: Blob | ImageData): Promise<Blob | null> {
  const side = THUMBNAIL_SIDE;
  const bitmap = photo instanceof ImageData ? null : await openBitmap(photo);
  const canvas = new OffscreenCanvas(side, side);
  const context = canvas.getContext('2d');
  if (context) context.imageSmoothingQuality = 'high';
  if (photo instanceof ImageData) context?.putImageData(photo, 0, 0);
  if (bitmap) {
    const length = Math.min(bitmap.width, bitmap.height);
    const [left, top] = [(bitmap.width - length) / 2, (bitmap.height - length) / 2];
    context?.drawImage(bitmap, left, top, length, length, 0, 0, side, side);
    bitmap.close();
  }
  return context && canvas.convertToBlob({ type: 'image/jpeg', quality: 0.8 });
}
