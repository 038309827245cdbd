/* A photo of twelve megapixels as a phone takes it, drawn and encoded by the browser. */

/** Runs in a page: a canvas with a lesion and grain, as a file in base64; a JPEG has 4:2:0. */
async function draw(width, height, type, colorSpace) {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { colorSpace });
  const grain = context.createImageData(512, 512);
  let state = 7;
  for (let i = 0; i < grain.data.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    grain.data[i] = i % 4 === 3 ? 34 : state >>> 24;
  }
  const tile = new OffscreenCanvas(512, 512);
  tile.getContext('2d').putImageData(grain, 0, 0);
  const skin = context.createLinearGradient(0, 0, width, height);
  skin.addColorStop(0, '#dfb49c');
  skin.addColorStop(1, '#c99880');
  context.fillStyle = skin;
  context.fillRect(0, 0, width, height);
  const radius = height * 0.28;
  const spot = context.createRadialGradient(width / 2, height / 2, radius * 0.2, width / 2, height / 2, radius);
  spot.addColorStop(0, '#3b2219');
  spot.addColorStop(0.7, '#6a4330');
  spot.addColorStop(1, 'transparent');
  context.fillStyle = spot;
  context.fillRect(0, 0, width, height);
  context.fillStyle = context.createPattern(tile, 'repeat');
  context.fillRect(0, 0, width, height);
  const blob = await canvas.convertToBlob({ type, quality: 0.85 });
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let text = '';
  for (let i = 0; i < bytes.length; i += 4096) text += String.fromCharCode(...bytes.subarray(i, i + 4096));
  return btoa(text);
}

/** The bytes of such a photo: a type of file and a colour space that canvases know. */
export async function drawPhoto(page, width, height, type = 'image/jpeg', colorSpace = 'srgb') {
  return Buffer.from(await page.evaluate(draw, width, height, type, colorSpace), 'base64');
}
