/** What a caller may give for a photo, and a copy of it as it is in that moment: nothing of the caller's is taken away. */
import { Fault } from './fault';
import type { Photo } from './handlers';
import { copyBytes, isBytes } from './sources';
import type { PhotoSource, Pixels } from './types';

const wrong = (what: string) => new Fault('LT_ARGUMENT', `photo: ${what}`);

/** Eight bits a channel in sRGB: other pixels are for the browser to convert. */
function isPlain(photo: object): photo is Pixels {
  const { data, colorSpace = 'srgb' } = photo as { data?: unknown; colorSpace?: string };
  return (data instanceof Uint8ClampedArray || data instanceof Uint8Array) && colorSpace === 'srgb';
}

function copyPixels({ data, width, height }: Pixels): Pixels {
  for (const [name, side] of Object.entries({ width, height }))
    if (!Number.isInteger(side) || side < 1) throw wrong(`${name} ${side} is no count of pixels`);
  if (data.length !== width * height * 4)
    throw wrong(`${data.length} bytes are not ${width} x ${height} pixels of 4 bytes`);
  return { data: data.slice(), width, height };
}

async function snapshot(photo: object): Promise<ImageBitmap> {
  if (typeof createImageBitmap !== 'function') throw wrong('neither a file, nor bytes, nor pixels');
  try {
    return await createImageBitmap(photo as ImageBitmapSource);
  } catch (error) {
    const { name, message } = error as Error;
    throw name === 'TypeError' ? wrong(message) : new Fault('not-a-picture', message);
  }
}

export async function takePhoto(photo: PhotoSource): Promise<Photo> {
  if (isBytes(photo)) return new Blob([copyBytes(photo)]);
  if (typeof photo !== 'object' || photo === null) throw wrong(`${String(photo)} is none`);
  if (typeof Blob === 'function' && photo instanceof Blob) return photo;
  return isPlain(photo) ? copyPixels(photo) : snapshot(photo);
}
