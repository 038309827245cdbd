/**
 * Photos without what else is in their files: place, time, camera, thumbnails. JPEG and PNG keep their very
 * pixels, so that the engine's answer stays the same; of EXIF only the orientation is written anew. What is of
 * another kind is drawn and saved as a JPEG.
 */
import { Fault } from '../shared/fault';

const JPEG_QUALITY = 0.95;
/** Of a PNG: what its pixels and colours need. */
const PNG_CHUNKS = new Set(['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'gAMA', 'cHRM', 'sRGB', 'iCCP', 'sBIT']);

export async function stripPhoto(photo: Blob): Promise<Blob> {
  const bytes = new Uint8Array(await photo.arrayBuffer());
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return new Blob(stripJpeg(bytes), { type: 'image/jpeg' });
  if (bytes[0] === 0x89 && bytes[1] === 0x50) return new Blob(stripPng(bytes), { type: 'image/png' });
  return redraw(photo);
}

type Part = Uint8Array<ArrayBuffer>;

/** The segments up to the first scan, without APP1 and its like; from there on all bytes up to the end of the image. */
function stripJpeg(bytes: Part): Part[] {
  const view = new DataView(bytes.buffer);
  const kept: Part[] = [];
  let orientation = 1;
  let at = 2;
  while (at + 4 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0;
    /* A fill byte before a marker. */
    if (marker === 0xff) {
      at++;
      continue;
    }
    if (marker === 0xda) break;
    const end = at + 2 + view.getUint16(at + 2);
    if (end > bytes.length) throw new Fault('LT_IMAGE_FORMAT', `JPEG segment at ${at} ends beyond the file`);
    const segment = bytes.subarray(at, end);
    if (marker === 0xe1) orientation = exifOrientation(segment) ?? orientation;
    else if (isPictorial(marker, segment)) kept.push(segment);
    at = end;
  }
  const end = endOfImage(bytes, at);
  return [
    bytes.subarray(0, 2),
    ...(orientation > 1 ? [orientationSegment(orientation)] : []),
    ...kept,
    bytes.subarray(at, end),
  ];
}

const textAt = (bytes: Part, from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to));

/** Tables and frames; of the application's own segments JFIF, colour profile and Adobe's colour transform. */
function isPictorial(marker: number, segment: Part): boolean {
  if (marker === 0xe2) return textAt(segment, 4, 15) === 'ICC_PROFILE';
  return marker === 0xe0 || marker === 0xee || (marker !== 0xfe && (marker < 0xe0 || marker > 0xef));
}

/** Behind the first end-of-image marker there may be a second picture (a video, a depth map). */
function endOfImage(bytes: Part, from: number): number {
  for (let at = from; at + 1 < bytes.length; at++) {
    if (bytes[at] === 0xff && bytes[at + 1] === 0xd9) return at + 2;
  }
  return bytes.length;
}

/** The orientation in an APP1 segment, 1..8; null where it holds none. */
function exifOrientation(segment: Part): number | null {
  if (textAt(segment, 4, 8) !== 'Exif') return null;
  const tiff = new DataView(segment.buffer, segment.byteOffset + 10, Math.max(0, segment.length - 10));
  if (tiff.byteLength < 14) return null;
  const little = tiff.getUint16(0) === 0x4949;
  const directory = tiff.getUint32(4, little);
  if (directory > tiff.byteLength - 2) return null;
  const count = tiff.getUint16(directory, little);
  for (let i = 0; i < count; i++) {
    const at = directory + 2 + i * 12;
    if (at > tiff.byteLength - 12) return null;
    if (tiff.getUint16(at, little) !== 0x0112) continue;
    const value = tiff.getUint16(at + 8, little);
    return value >= 1 && value <= 8 ? value : null;
  }
  return null;
}

/** An APP1 segment with one entry: the orientation. */
function orientationSegment(orientation: number): Part {
  const tiff = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0];
  const body = [0x45, 0x78, 0x69, 0x66, 0, 0, ...tiff];
  return new Uint8Array([0xff, 0xe1, 0, body.length + 2, ...body]);
}

function stripPng(bytes: Part): Part[] {
  const view = new DataView(bytes.buffer);
  const kept: Part[] = [bytes.subarray(0, 8)];
  let at = 8;
  while (at + 12 <= bytes.length) {
    const end = at + 12 + view.getUint32(at);
    if (end > bytes.length) throw new Fault('LT_IMAGE_FORMAT', `PNG chunk at ${at} ends beyond the file`);
    const type = textAt(bytes, at + 4, at + 8);
    if (PNG_CHUNKS.has(type)) kept.push(bytes.subarray(at, end));
    if (type === 'IEND') break;
    at = end;
  }
  return kept;
}

async function redraw(photo: Blob): Promise<Blob> {
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(photo, { imageOrientation: 'from-image' });
  } catch (error) {
    throw new Fault('not-a-picture', (error as Error).message);
  }
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
  bitmap.close();
  return canvas.convertToBlob({ type: 'image/jpeg', quality: JPEG_QUALITY });
}
