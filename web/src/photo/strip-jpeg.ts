/**
 * A JPEG reduced to what its pixels and colours need. Everything is read as decoders read it: what lies between
 * segments and is no marker is skipped, segments may come between the scans, and the end of the image is the end.
 */
import { Fault } from '../protocol/fault';
import { readOrientation, tiffOf } from './orientation';

type Part = Uint8Array<ArrayBuffer>;

const MARKER = {
  ...{ dht: 0xc4, jpg: 0xc8, dac: 0xcc, rst0: 0xd0, rst7: 0xd7, soi: 0xd8, eoi: 0xd9, sos: 0xda, dqt: 0xdb },
  ...{ dnl: 0xdc, dri: 0xdd, app0: 0xe0, app1: 0xe1, app2: 0xe2, app14: 0xee },
} as const;

/** Tables, frames and scans, kept as they are. */
const PICTORIAL = new Set<number>([
  ...[0xc0, 0xc1, 0xc2, 0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf],
  ...[MARKER.dht, MARKER.dac, MARKER.sos, MARKER.dqt, MARKER.dnl, MARKER.dri],
]);

/** With the two bytes of the marker and the two of the length. */
const JFIF_BYTES = 18;
const ADOBE_BYTES = 16;

const begins = (segment: Part, text: string): boolean =>
  segment.length >= 4 + text.length && [...text].every((sign, i) => segment[4 + i] === sign.charCodeAt(0));

/** The first bytes of a segment as one of its own; null where it is shorter. */
function shortened(segment: Part, length: number): Part | null {
  if (segment.length < length) return null;
  const part = segment.slice(0, length);
  new DataView(part.buffer).setUint16(2, length - 2);
  return part;
}

/** JFIF's density without its thumbnail. */
function jfifOf(segment: Part): Part | null {
  const part = shortened(segment, JFIF_BYTES);
  part?.fill(0, JFIF_BYTES - 2);
  return part;
}

/** What is kept of a segment; null: nothing. */
function essence(marker: number, segment: Part): Part | null {
  if (PICTORIAL.has(marker)) return segment;
  if (marker === MARKER.app0 && begins(segment, 'JFIF\0')) return jfifOf(segment);
  if (marker === MARKER.app2 && begins(segment, 'ICC_PROFILE\0')) return segment;
  /* How the colours are coded. */
  if (marker === MARKER.app14 && begins(segment, 'Adobe')) return shortened(segment, ADOBE_BYTES);
  return null;
}

/** Where the next marker's FF is that stands right before its code; the end where there is none. */
function nextMarker(bytes: Part, from: number): number {
  for (let at = from; at + 1 < bytes.length; at++) {
    const code = bytes[at + 1];
    if (bytes[at] === 0xff && code !== 0xff && code !== 0) return at;
  }
  return bytes.length;
}

/** Where the scan that begins at `from` ends: at the first marker that is no restart. Codes below C0 mean nothing. */
function endOfScan(bytes: Part, from: number): number {
  let at = nextMarker(bytes, from);
  while (at < bytes.length) {
    const code = bytes[at + 1] ?? 0;
    if (code >= 0xc0 && (code < MARKER.rst0 || code > MARKER.rst7)) return at;
    at = nextMarker(bytes, at + 2);
  }
  return bytes.length;
}

/** FF at the end of a scan's data fills up to the marker behind it. */
function withoutFill(data: Part): Part {
  let length = data.length;
  while (length > 0 && data[length - 1] === 0xff) length--;
  return data.subarray(0, length);
}

const standsAlone = (marker: number): boolean => marker < 0xc0 || (marker >= MARKER.rst0 && marker <= MARKER.soi);

function orientationSegment(orientation: number): Part {
  const body = [...[0x45, 0x78, 0x69, 0x66, 0, 0], ...tiffOf(orientation)];
  return new Uint8Array([0xff, MARKER.app1, 0, body.length + 2, ...body]);
}

/** Parts of the stripped file, in order. `bytes` begin with SOI. */
export function stripJpeg(bytes: Part): Part[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const kept: Part[] = [];
  let orientation = 0;
  let scans = 0;
  let at = nextMarker(bytes, 2);
  while (at < bytes.length) {
    const marker = bytes[at + 1] ?? 0;
    if (marker === MARKER.eoi) {
      kept.push(bytes.subarray(at, at + 2));
      break;
    }
    if (standsAlone(marker)) {
      at = nextMarker(bytes, at + 2);
      continue;
    }
    let end = at + 4 <= bytes.length ? at + 2 + view.getUint16(at + 2) : Number.POSITIVE_INFINITY;
    if (end > bytes.length || end < at + 4) {
      /* Behind a scan it is a file cut short: what was before it is a picture. */
      if (scans > 0) break;
      throw new Fault('LT_IMAGE_FORMAT', `JPEG segment at ${at} ends beyond the file`);
    }
    const segment = bytes.subarray(at, end);
    if (marker === MARKER.app1 && scans === 0 && orientation === 0 && begins(segment, 'Exif\0\0'))
      orientation = readOrientation(segment.subarray(10));
    const part = essence(marker, segment);
    if (part) kept.push(part);
    if (marker === MARKER.sos) {
      scans++;
      const begin = end;
      end = endOfScan(bytes, begin);
      kept.push(withoutFill(bytes.subarray(begin, end)));
    }
    at = nextMarker(bytes, end);
  }
  return [bytes.subarray(0, 2), ...(orientation > 1 ? [orientationSegment(orientation)] : []), ...kept];
}
