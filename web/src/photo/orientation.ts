/** The orientation of EXIF: the one thing of it that belongs to the pixels. Read as the engine reads it (src/photo/exif.c). */

const ENTRY_BYTES = 12;
const ORIENTATION = 0x0112;
const SHORT = 3;
const LONG = 4;

/** In a TIFF header and its first directory: 1..8, and 1 where they say nothing that makes sense. */
export function readOrientation(bytes: Uint8Array): number {
  const tiff = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (tiff.byteLength < 8) return 1;
  const order = tiff.getUint32(0);
  if (order !== 0x49492a00 && order !== 0x4d4d002a) return 1;
  const little = order === 0x49492a00;
  const directory = tiff.getUint32(4, little);
  if (directory > tiff.byteLength - 2) return 1;
  const count = tiff.getUint16(directory, little);
  for (let i = 0, at = directory + 2; i < count && at <= tiff.byteLength - ENTRY_BYTES; i++, at += ENTRY_BYTES) {
    if (tiff.getUint16(at, little) !== ORIENTATION || tiff.getUint32(at + 4, little) !== 1) continue;
    const type = tiff.getUint16(at + 2, little);
    const value = type === SHORT ? tiff.getUint16(at + 8, little) : type === LONG ? tiff.getUint32(at + 8, little) : 0;
    if (value !== 0) return value <= 8 ? value : 1;
  }
  return 1;
}

/** A TIFF header with a directory of one entry. */
export const tiffOf = (orientation: number): number[] => [
  ...[0x4d, 0x4d, 0, 42, 0, 0, 0, 8],
  ...[0, 1, 0x01, 0x12, 0, SHORT, 0, 0, 0, 1, 0, orientation, 0, 0],
  ...[0, 0, 0, 0],
];
