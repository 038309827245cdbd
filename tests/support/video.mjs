/* A film for the fake camera: raw frames in YUV4MPEG2, which Chromium plays in a loop. Node only. */

/** One frame of [height, width, 4] u8 as planes Y, Cb, Cr, the latter two of half the size (full range ignored). */
function planes(rgba, width, height) {
  const luma = Buffer.alloc(width * height);
  const [blue, red] = [Buffer.alloc((width * height) / 4), Buffer.alloc((width * height) / 4)];
  for (let i = 0; i < width * height; i++) {
    const [r, g, b] = [rgba[i * 4], rgba[i * 4 + 1], rgba[i * 4 + 2]];
    luma[i] = 16 + 0.257 * r + 0.504 * g + 0.098 * b;
    const [x, y] = [i % width, Math.floor(i / width)];
    if (x % 2 !== 0 || y % 2 !== 0) continue;
    const at = (y / 2) * (width / 2) + x / 2;
    blue[at] = 128 - 0.148 * r - 0.291 * g + 0.439 * b;
    red[at] = 128 + 0.439 * r - 0.368 * g - 0.071 * b;
  }
  return Buffer.concat([luma, blue, red]);
}

/** `scenes`: [{ rgba: [height, width, 4] u8, seconds }], two frames a second; width and height are even. */
export function film(width, height, scenes) {
  const parts = [Buffer.from(`YUV4MPEG2 W${width} H${height} F2:1 Ip A1:1 C420\n`)];
  for (const { rgba, seconds } of scenes) {
    const frame = Buffer.concat([Buffer.from('FRAME\n'), planes(rgba, width, height)]);
    for (let i = 0; i < seconds * 2; i++) parts.push(frame);
  }
  return Buffer.concat(parts);
}
