/**
 * Photos without the metadata in their files: place, time, camera, thumbnails. JPEG and PNG keep their very
 * pixels, so that the engine's answer stays the same; of EXIF only the orientation is written anew. What is of
 * another kind is drawn and saved as a JPEG.
 */
import { Fault } from '../protocol/fault';
import { stripJpeg } from './strip-jpeg';
import { stripPng } from './strip-png';

const JPEG_QUALITY = 0.95;
const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

export interface PictureFile {
  bytes: Uint8Array<ArrayBuffer>;
  type: 'image/jpeg' | 'image/png';
}

type Bytes = PictureFile['bytes'];

function joined(parts: Bytes[]): Bytes {
  const whole = new Uint8Array(parts.reduce((size, { length }) => size + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** A JPEG or PNG without what is not of its picture; null where `bytes` are neither. */
export function stripMetadataBytes(bytes: Bytes): PictureFile | null {
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return { bytes: joined(stripJpeg(bytes)), type: 'image/jpeg' };
  if (PNG_SIGNATURE.every((byte, i) => bytes[i] === byte)) return { bytes: joined(stripPng(bytes)), type: 'image/png' };
  return null;
}

export async function stripMetadata(photo: Blob): Promise<PictureFile> {
  let bytes: Bytes;
  try {
    bytes = new Uint8Array(await photo.arrayBuffer());
  } catch (error) {
    throw new Fault('file-gone', (error as Error).message);
  }
  return stripMetadataBytes(bytes) ?? redraw(photo);
}

async function redraw(photo: Blob): Promise<PictureFile> {
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(photo, { imageOrientation: 'from-image' });
  } catch (error) {
    throw new Fault('not-a-picture', (error as Error).message);
  }
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
  bitmap.close();
  const drawn = await canvas.convertToBlob({ type: 'image/jpeg', quality: JPEG_QUALITY });
  return { bytes: new Uint8Array(await drawn.arrayBuffer()), type: 'image/jpeg' };
}
