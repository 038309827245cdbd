/** The square that the network saw, as a small picture of its own: for lists, comparisons and reports. */

import { openBitmap } from '../../package/bitmap';
import type { Region } from '../protocol/engine-messages';

const QUALITY = 0.88;
/** Enough for a page on paper, and for a zoom of three on a phone. */
export const SQUARE_SIDE = 768;

/**
 * Draw it, `side` pixels wide. `crop` is the model's own, for a region that names none. Null where this browser
 * cannot decode the photo.
 */
export async function drawSquare(photo: Blob, region: Region, crop: number, side = SQUARE_SIDE): Promise<Blob | null> {
  let bitmap: ImageBitmap;
  try {
    bitmap = await openBitmap(photo);
  } catch {
    return null;
  }
  const canvas = new OffscreenCanvas(side, side);
  const context = canvas.getContext('2d');
  if (!context) return null;
  place(context, bitmap, region, crop, side);
  bitmap.close();
  return canvas.convertToBlob({ type: 'image/jpeg', quality: QUALITY });
}

/** As src/lentigo.h has it: turned first, then the square, which is moved inside where it would reach beyond. */
function place(
  context: OffscreenCanvasRenderingContext2D,
  bitmap: ImageBitmap,
  { x, y, side, quarterTurns }: Region,
  crop: number,
  pixels: number,
): void {
  const upright = quarterTurns % 2 === 0;
  const [width, height] = upright ? [bitmap.width, bitmap.height] : [bitmap.height, bitmap.width];
  const length = Math.min(width, height) * (side > 0 ? side : crop);
  const inside = (share: number, of: number) =>
    Math.min(of - length / 2, Math.max(length / 2, (side > 0 ? share : 0.5) * of));
  const zoom = pixels / length;
  context.fillStyle = '#fff';
  context.fillRect(0, 0, pixels, pixels);
  context.imageSmoothingQuality = 'high';
  context.translate(pixels / 2, pixels / 2);
  context.scale(zoom, zoom);
  context.translate(width / 2 - inside(x, width), height / 2 - inside(y, height));
  context.rotate((quarterTurns * Math.PI) / 2);
  context.drawImage(bitmap, -bitmap.width / 2, -bitmap.height / 2);
}
