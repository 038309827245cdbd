/* Model files with other metadata than the shipped one's, for what the app does with it. Node only. */
import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { copySite } from './app.mjs';
import { changeBuilt } from './catalog.mjs';

/** Where the metadata's bytes begin: its length stands in the four bytes before. */
function placeOf(bytes) {
  const start = bytes.indexOf('{"format":');
  if (start < 4) throw new Error('no metadata in the model');
  return start;
}

/**
 * The same network with other metadata: the new text goes to the end of the file, and the one offset that led to the
 * old text is made to lead there.
 */
export function withMetadata(model, change) {
  const start = placeOf(model);
  const vector = start - 4;
  const old = JSON.parse(model.toString('utf8', start, start + model.readUInt32LE(vector)));
  const text = Buffer.from(JSON.stringify(change(old)));
  let field = vector - 4;
  while (field > 0 && field + model.readUInt32LE(field) !== vector) field -= 4;
  if (field <= 0) throw new Error('nothing leads to the metadata');
  const aligned = Math.ceil(model.length / 16) * 16;
  const bytes = Buffer.alloc(aligned + 4 + text.length + 1);
  model.copy(bytes);
  bytes.writeUInt32LE(text.length, aligned);
  text.copy(bytes, aligned + 4);
  bytes.writeUInt32LE(aligned - field, field);
  return bytes;
}

/** Put `bytes` in the place of the model of the site in `folder`, as a build with that model would. */
export function putModel(folder, bytes) {
  const catalog = JSON.parse(readFileSync(`${folder}/catalog.json`, 'utf8'));
  const [old] = catalog.models;
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const start = placeOf(bytes);
  const tail = bytes.lastIndexOf('{"format":');
  const at = tail > start ? tail : start;
  const { name: id, version } = JSON.parse(bytes.toString('utf8', at, at + bytes.readUInt32LE(at - 4)));
  const url = `model/${sha256}.tflite`;
  rmSync(`${folder}/${old.url}`, { force: true });
  writeFileSync(`${folder}/${url}`, bytes);
  const model = { ...old, id, version, sha256, bytes: bytes.length, url };
  writeFileSync(`${folder}/catalog.json`, JSON.stringify({ ...catalog, models: [model] }));
  changeBuilt(folder, (built) => ({ ...built, model }));
}

/** A document of format 2 as format 1 would have it, without what decides: the numbers of its first kind. */
export function asFormat1({ kinds, ...common }) {
  const [{ log_prior, temperature }] = kinds;
  return { ...common, format: 1, log_prior, temperature };
}

/** A copy of the site whose model has its metadata changed. */
export function siteWithModel(name, change) {
  const folder = copySite(name);
  const [{ url }] = JSON.parse(readFileSync(`${folder}/catalog.json`, 'utf8')).models;
  putModel(folder, withMetadata(readFileSync(`${folder}/${url}`), change));
  return folder;
}
