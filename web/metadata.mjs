/** The JSON document inside the bytes of a model file. It is the only text there that begins so. */
export function metadataOf(bytes, path) {
  const start = bytes.indexOf('{"format":');
  if (start < 4) throw new Error(`${path}: no metadata entry \`lentigo\``);
  return JSON.parse(bytes.toString('utf8', start, start + bytes.readUInt32LE(start - 4)));
}
