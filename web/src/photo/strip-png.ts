/** A PNG reduced to what its pixels and colours need: of an animation the first picture, of EXIF the orientation. */
import { Fault } from '../protocol/fault';
import { readOrientation, tiffOf } from './orientation';

type Part = Uint8Array<ArrayBuffer>;

/** The most bytes that a chunk of that name can mean; longer ones are none. */
const LONGEST = new Map<string, number>([
  ...Object.entries({ IHDR: 13, PLTE: 768, IDAT: 0x7fffffff, IEND: 0 }),
  ...Object.entries({ tRNS: 256, gAMA: 4, cHRM: 32, sRGB: 1, sBIT: 4, cICP: 4, iCCP: 0x7fffffff }),
]);
/** May come more than once. */
const MANY = 'IDAT';
const HEADER = 8;
const AROUND = 12;

const nameAt = (bytes: Part, at: number) => String.fromCharCode(...bytes.subarray(at, at + 4));

/** PNG's checksum (CRC-32) of a few bytes. */
function checksum(bytes: Uint8Array): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

function orientationChunk(orientation: number): Part {
  const tiff = tiffOf(orientation);
  const chunk = new Uint8Array([0, 0, 0, tiff.length, ...[0x65, 0x58, 0x49, 0x66], ...tiff, 0, 0, 0, 0]);
  new DataView(chunk.buffer).setUint32(chunk.length - 4, checksum(chunk.subarray(4, -4)));
  return chunk;
}

/** Parts of the stripped file, in order. `bytes` begin with PNG's signature. */
export function stripPng(bytes: Part): Part[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const kept: Part[] = [];
  const seen = new Set<string>();
  let orientation = 0;
  for (let at = HEADER; at + AROUND <= bytes.length; ) {
    const length = view.getUint32(at);
    const name = nameAt(bytes, at + 4);
    const end = at + AROUND + length;
    if (end > bytes.length) {
      /* Cut within the picture: its rows up to there are there. */
      if (name !== MANY) throw new Fault('LT_IMAGE_FORMAT', `PNG chunk at ${at} ends beyond the file`);
      kept.push(bytes.subarray(at));
      break;
    }
    if (name === 'eXIf' && orientation === 0) orientation = readOrientation(bytes.subarray(at + 8, end - 4));
    if (length <= (LONGEST.get(name) ?? -1) && (name === MANY || !seen.has(name))) kept.push(bytes.subarray(at, end));
    seen.add(name);
    if (name === 'IEND') break;
    at = end;
  }
  const [header, ...others] = kept;
  return [
    bytes.subarray(0, HEADER),
    ...(header ? [header] : []),
    ...(orientation > 1 ? [orientationChunk(orientation)] : []),
    ...others,
  ];
}
