/**
 * Decoding a photo where the browser does not know the option to turn it upright. Some of these turn it by
 * themselves, some do not: that is tried with a tiny photo, and what they leave is done here.
 */

const zeros = (count: number): number[] => Array(count).fill(0);

/** A JPEG of two pixels beside each other whose EXIF says that it has to be turned: upright they stand upon each other. */
const PROBE = new Uint8Array([
  ...[0xff, 0xd8],
  /* APP1: Exif, big-endian, one entry: orientation 6. */
  ...[0xff, 0xe1, 0, 34, 0x45, 0x78, 0x69, 0x66, 0, 0],
  ...[0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0],
  /* DQT, SOF0 (2 x 1, grey), DHT for DC and AC with one code each, SOS, one block of zeros, EOI. */
  ...[0xff, 0xdb, 0, 67, 0, ...Array<number>(64).fill(1)],
  ...[0xff, 0xc0, 0, 11, 8, 0, 1, 0, 2, 1, 1, 0x11, 0],
  ...[0xff, 0xc4, 0, 20, 0, 1, ...zeros(15), 0],
  ...[0xff, 0xc4, 0, 20, 0x10, 1, ...zeros(15), 0],
  ...[0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0, 0x3f, 0xff, 0xd9],
]);

let turning: Promise<boolean> | null = null;

async function turnsByItself(): Promise<boolean> {
  const bitmap = await createImageBitmap(new Blob([PROBE], { type: 'image/jpeg' }));
  const upright = bitmap.height > bitmap.width;
  bitmap.close();
  return upright;
}

/** Tag 0x0112 of the first directory of a TIFF structure; 1, upright, where there is none. */
function orientationIn(tiff: DataView): number {
  const little = tiff.getUint16(0) === 0x4949;
  const directory = tiff.getUint32(4, little);
  const count = tiff.getUint16(directory, little);
  for (let i = 0; i < count; i++) {
    const entry = directory + 2 + 12 * i;
    if (tiff.getUint16(entry, little) === 0x0112) return tiff.getUint16(entry + 8, little);
  }
  return 1;
}

/** The EXIF orientation of a JPEG, 1..8; 1 for all else, since other containers turn by means of their own. */
async function orientationOf(photo: Blob): Promise<number> {
  const view = new DataView(await photo.slice(0, 128 * 1024).arrayBuffer());
  try {
    if (view.getUint16(0) !== 0xffd8) return 1;
    for (let at = 2; view.getUint16(at) !== 0xffda; at += 2 + view.getUint16(at + 2)) {
      const isExif = view.getUint16(at) === 0xffe1 && view.getUint32(at + 4) === 0x45786966;
      if (!isExif) continue;
      const orientation = orientationIn(new DataView(view.buffer, at + 10, view.getUint16(at + 2) - 8));
      return orientation >= 1 && orientation <= 8 ? orientation : 1;
    }
  } catch {
    /* It ends before it says. */
  }
  return 1;
}

/** What maps the pixels as they are stored, [width, height], onto the upright picture, by orientation 2..8. */
const matrices = (w: number, h: number): [number, number, number, number, number, number][] => [
  [-1, 0, 0, 1, w, 0],
  [-1, 0, 0, -1, w, h],
  [1, 0, 0, -1, 0, h],
  [0, 1, 1, 0, 0, 0],
  [0, 1, -1, 0, h, 0],
  [0, -1, -1, 0, h, w],
  [0, -1, 1, 0, 0, w],
];

function turn(bitmap: ImageBitmap, orientation: number): ImageBitmap {
  const { width, height } = bitmap;
  const matrix = matrices(width, height)[orientation - 2];
  const lies = orientation >= 5;
  const canvas = new OffscreenCanvas(lies ? height : width, lies ? width : height);
  const context = canvas.getContext('2d');
  if (!matrix || !context) return bitmap;
  context.setTransform(...matrix);
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  return canvas.transferToImageBitmap();
}

export async function openBitmapPlainly(photo: Blob, options: ImageBitmapOptions): Promise<ImageBitmap> {
  turning ??= turnsByItself().catch(() => true);
  const bitmap = await createImageBitmap(photo, options);
  if (await turning) return bitmap;
  return turn(bitmap, await orientationOf(photo));
}
