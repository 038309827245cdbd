/** What a file is by its first bytes; names and declared types lie. */

const SIGNATURES = [
  { kind: 'jpeg', bytes: [0xff, 0xd8, 0xff] },
  { kind: 'png', bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
] as const;

/* Brands of pictures coded by HEVC. */
const HEIC_BRANDS = ['heic', 'heix', 'hevc', 'hevx'];

/** What a file of boxes (ISO 14496-12) says it can be read as, in its first box; empty where it is none. */
function brandsOf(head: Uint8Array): string[] {
  const word = (at: number) => String.fromCharCode(...head.subarray(at, at + 4));
  if (word(4) !== 'ftyp') return [];
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const end = Math.min(view.getUint32(0), head.length);
  const brands = [];
  for (let at = 8; at + 4 <= end; at += 4) brands.push(word(at));
  return brands;
}

/** `jpeg` and `png` are for our own decoder, the others for the browser's; `heic` not every browser has. */
export function photoKind(head: Uint8Array): 'jpeg' | 'png' | 'heic' | 'other' {
  const match = SIGNATURES.find(({ bytes }) => bytes.every((byte, i) => head[i] === byte));
  return match?.kind ?? (brandsOf(head).some((brand) => HEIC_BRANDS.includes(brand)) ? 'heic' : 'other');
}
