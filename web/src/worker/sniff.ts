/** What a file is by its first bytes; names and declared types lie. */

const SIGNATURES = [
  { kind: 'jpeg', bytes: [0xff, 0xd8, 0xff] },
  { kind: 'png', bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
] as const;

/** `jpeg` and `png` are for our own decoder, `other` is for the browser's. */
export function photoKind(head: Uint8Array): 'jpeg' | 'png' | 'other' {
  const match = SIGNATURES.find(({ bytes }) => bytes.every((byte, i) => head[i] === byte));
  return match?.kind ?? 'other';
}
