/*
 * What the suite works on: models, photos, and the native command line's answers to them, made once for a
 * run of the tests into build/test/fixtures. Node only.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { jpeg } from './jpeg.mjs';
import { drawLesion, noise, png, withoutAlpha } from './pictures.mjs';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
export const COMMAND = `${ROOT}build/lentigo`;
const FOLDER = `${ROOT}build/test/fixtures/`;

/** Sizes with odd edges, so that blocks and halved chroma end midway. */
function drawPhotos() {
  const [w, h] = [321, 203];
  const small = drawLesion(w, h);
  const large = drawLesion(1203, 905, 2);
  const clear = Uint8Array.from(small, (value, i) => (i % 4 === 3 ? i % 251 : value));
  const grey = Uint8Array.from({ length: w * h }, (_, i) => small[i * 4 + 1]);
  const turned = [1, 2, 3, 4, 5, 6, 7, 8].map((orientation) => [
    `turned ${orientation}.jpg`,
    jpeg(w, h, small, { subsampled: true, orientation }),
  ]);
  return {
    'plain.jpg': jpeg(w, h, small),
    'grey.jpg': jpeg(w, h, small, { grey: true }),
    'large.jpg': jpeg(1203, 905, large, { subsampled: true }),
    'rgb.png': png(w, h, 3, withoutAlpha(small)),
    'alpha.png': png(w, h, 4, clear),
    'grey.png': png(w, h, 1, grey),
    'deep.png': png(w, h, 3, withoutAlpha(small), { bits: 16 }),
    'dim.png': png(
      w,
      h,
      3,
      withoutAlpha(small).map((value) => value / 2),
    ),
    'dark.png': png(
      w,
      h,
      3,
      withoutAlpha(small).map((value) => value / 4),
    ),
    'one pixel.png': png(1, 1, 3, [120, 80, 60]),
    'thin.png': png(1, 3000, 1, noise(3000, 5)),
    ...Object.fromEntries(turned),
  };
}

function spoilPhotos(photos) {
  const whole = photos['plain.jpg'];
  return {
    'empty.jpg': Buffer.alloc(0),
    'random.jpg': Buffer.from(noise(5000, 9)),
    'cut.jpg': whole.subarray(0, 100),
    'cut.png': photos['rgb.png'].subarray(0, photos['rgb.png'].length / 2),
    'claims much.png': png(1, 1, 1, [0], { claim: [30000, 30000] }),
    'picture.gif': Buffer.from('GIF89a\x01\0\x01\0\0\0\0;', 'latin1'),
    'page.html': Buffer.from('<!doctype html><title>Log in</title>'),
  };
}

function spoilModels(model) {
  return {
    'empty file': Buffer.alloc(0),
    'login page': Buffer.from('<!doctype html><title>Log in</title>'),
    'half a model': model.subarray(0, model.length / 2),
    'random bytes': Buffer.from(noise(4096, 3)),
  };
}

/** Run the native command line; gives its JSON lines. Photos that fail make it exit with 1, not more. */
function classifyNatively(model, files, options = []) {
  const { status, stdout, stderr } = spawnSync(
    COMMAND,
    ['classify', '--json', '--logits', '--map', ...options, '--model', model, ...files],
    { encoding: 'utf8', maxBuffer: 1 << 26 },
  );
  if (status !== 0 && status !== 1) throw new Error(`lentigo gave ${status}: ${stderr}`);
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

/** What the command line says of a model. */
function inspectNatively(file) {
  const options = { encoding: 'utf8', maxBuffer: 1 << 26 };
  return JSON.parse(execFileSync(COMMAND, ['inspect', '--json', file], options));
}

function nativeModelError(file) {
  const { status, stderr } = spawnSync(COMMAND, ['inspect', file], { encoding: 'utf8' });
  if (status !== 1) throw new Error(`lentigo inspect ${file} gave ${status}`);
  return stderr.trim().replace(`lentigo: model ${file}: `, '');
}

function save(files) {
  for (const [name, bytes] of Object.entries(files)) writeFileSync(FOLDER + name, bytes);
  return Object.entries(files).map(([name, bytes]) => ({ name, bytes }));
}

/** The models at hand: two of the tests' own making, of format 1 and of format 2, and the one that is shipped. */
function readModels() {
  const [small, kinds] = [`${FOLDER}small.tflite`, `${FOLDER}kinds.tflite`];
  execFileSync(`${ROOT}build/test/mkmodel`, [small]);
  execFileSync(`${ROOT}build/test/mkmodel`, [kinds, 'kinds']);
  return [
    { name: 'small.tflite', path: small },
    { name: 'kinds.tflite', path: kinds },
    { name: 'lesion.tflite', path: `${ROOT}model/lesion.tflite` },
  ].map((model) => ({ ...model, bytes: readFileSync(model.path), kinds: inspectNatively(model.path).kinds }));
}

/** Where else than in the centre to look, and how often. */
const LOOKS = [
  { photo: 'rgb.png', region: { x: 0.5, y: 0.5, side: 0, turns: 1 }, views: 8 },
  { photo: 'rgb.png', region: { x: 0.25, y: 0.75, side: 0.375, turns: 2 }, views: 1 },
  { photo: 'turned 6.jpg', region: { x: 0.5, y: 0.25, side: 0.5, turns: 3 }, views: 4 },
  { photo: 'large.jpg', region: { x: 0.75, y: 0.5, side: 0.25, turns: 0 }, views: 4 },
  { photo: 'large.jpg', region: { x: 0, y: 1, side: 0.875, turns: 1 }, views: 8 },
];

function lookNatively(model) {
  return LOOKS.map((look) => {
    const { x, y, side, turns } = look.region;
    const region = side > 0 ? [`--region=${x},${y},${side}`] : [];
    const options = [...region, `--turn=${turns}`, `--views=${look.views}`];
    const [answer] = classifyNatively(model, [FOLDER + look.photo], options);
    return { ...look, answer };
  });
}

/**
 * { models: [{name, path, bytes, kinds, answers: {photo: JSON of the command line}, looks: [{photo, region, views,
 *   answer}]}], photos: [{name, bytes}],
 *   brokenModels: [{name, bytes, error}], pixels: {rgba, width, height, png} }
 */
export function makeFixtures() {
  mkdirSync(FOLDER, { recursive: true });
  const good = drawPhotos();
  const photos = save({ ...good, ...spoilPhotos(good) });
  const files = photos.map(({ name }) => FOLDER + name);
  const models = readModels();
  for (const model of models) {
    const answers = classifyNatively(model.path, files);
    model.looks = lookNatively(model.path);
    model.answers = Object.fromEntries(answers.map(({ file, ...answer }) => [file.slice(FOLDER.length), answer]));
  }
  const brokenModels = save(spoilModels(models[0].bytes)).map((broken) => ({
    ...broken,
    error: nativeModelError(FOLDER + broken.name),
  }));
  const pixels = { rgba: drawLesion(321, 203), width: 321, height: 203, png: good['rgb.png'] };
  return { models, photos, brokenModels, pixels };
}
