/* Catalogues of models written by hand, so that they may be wrong in any way, and sites that trust their keys. Node only. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { sha256 } from './keys.mjs';

const YEAR_MS = 365 * 24 * 3600 * 1000;
export const inYears = (years) => new Date(Date.now() + years * YEAR_MS).toISOString().replace(/\.\d+Z$/, 'Z');

/** A model of a catalogue, of its file's bytes. */
export function offerOf(bytes, more = {}) {
  const hash = sha256(bytes);
  return {
    id: 'lentigo-lite0',
    version: '9.0.0',
    sequence: 9,
    sha256: hash,
    bytes: bytes.length,
    url: `model/${hash}.tflite`,
    engine: '0.1.0',
    kinds: ['dermoscopic', 'clinical'],
    labels: ['nv'],
    figures: { dermoscopic: { accuracy: 0.876, auc: 0.951, of: '9.0.0' } },
    licence: 'CC BY-NC 4.0',
    note: { en: 'Knows more.', de: 'Weiß mehr.' },
    ...more,
  };
}

/** The bytes of `catalog.json`. */
export function catalogOf(models, { sequence = 1, keys = [], ...more } = {}) {
  const document = { format: 2, sequence, issued: inYears(-0.01), expires: inYears(1), keys, models, ...more };
  return Buffer.from(JSON.stringify(document, null, 1));
}

export const signatureLine = (key, bytes) => `${key.id} ${key.sign(bytes)}\n`;

/** Put a catalogue of these models, signed by `by`, into the site's folder. */
export function putCatalog(folder, by, models, more = {}) {
  const bytes = catalogOf(models, { keys: [by.raw], ...more });
  writeFileSync(`${folder}/catalog.json`, bytes);
  writeFileSync(`${folder}/catalog.json.sig`, signatureLine(by, bytes));
}

/** Put the file of a model where the catalogue says it is. */
export const putFile = (folder, bytes) => writeFileSync(`${folder}/model/${sha256(bytes)}.tflite`, bytes);

/* What web/build.mjs writes into the worker, as esbuild prints it. */
const BUILT = /'(\{"model":\{[^']*\})'/;

/** Change what the build wrote into the app of a site: its own model, the engine's version, the keys it trusts. */
export function changeBuilt(folder, change) {
  const scripts = readdirSync(`${folder}/assets`).filter((name) => name.endsWith('.js'));
  const found = scripts.filter((name) => BUILT.test(readFileSync(`${folder}/assets/${name}`, 'utf8')));
  assert.equal(found.length, 1, 'one script has what the build wrote');
  const path = `${folder}/assets/${found[0]}`;
  const before = readFileSync(path, 'utf8');
  const after = before.replace(BUILT, (_, text) => `'${JSON.stringify(change(JSON.parse(text)))}'`);
  writeFileSync(path, after);
  /* The service worker takes only what its list says. */
  const list = readFileSync(`${folder}/sw.js`, 'utf8');
  assert.ok(list.includes(sha256(before)));
  writeFileSync(`${folder}/sw.js`, list.replace(sha256(before), sha256(after)));
}

export const trust = (folder, ...keys) =>
  changeBuilt(folder, (built) => ({ ...built, keys: keys.map(({ raw }) => raw) }));
