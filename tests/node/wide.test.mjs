/* The WebAssembly build for other people's models, in Node, beside the native command line. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Engine, instantiate } from '../support/engine.mjs';
import { makeFixtures, ROOT } from '../support/fixtures.mjs';

const fixtures = makeFixtures();
const load = async (build) => {
  const { default: glue } = await import(`${ROOT}build/wasm/lentigo-${build}.mjs`);
  return instantiate(glue, readFileSync(`${ROOT}build/wasm/lentigo-${build}.wasm`));
};
const wide = await load('wide');
const file = (how) => {
  const path = `${ROOT}build/test/${how}.tflite`;
  execFileSync(`${ROOT}build/test/mkmodel`, [path, how]);
  return path;
};
const described = file('described');
const unsaid = file('unsaid');
const photo = `${ROOT}web/samples/ISIC_0025971.jpg`;

/** What the native command line gives, by class. */
const natively = (model, ...options) => {
  const args = ['classify', '--json', '--model', model, ...options, photo];
  return JSON.parse(execFileSync(`${ROOT}build/lentigo`, args, { encoding: 'utf8', stdio: 'pipe' })).probabilities;
};

/** Loaded with what is stated, its answer beside native's. */
function agrees(model, stated, ...options) {
  const engine = new Engine(wide);
  assert.equal(engine.loadModelAs(readFileSync(model), stated), 'LT_OK', engine.error);
  assert.equal(engine.classify(readFileSync(photo)), 'LT_OK', engine.error);
  const expected = natively(model, ...options);
  const given = engine.result.probabilities;
  assert.deepEqual(Object.keys(given), Object.keys(expected));
  for (const [id, share] of Object.entries(expected)) assert.ok(Math.abs(given[id] - share) < 1e-5, `${id}: ${share}`);
  const { unsaid: open, licence, labels } = engine.model;
  const { malignant } = engine.result;
  engine.destroy();
  return { open, licence, malignant, labels };
}

test('what TFLite Metadata and the archive behind a model say is used', () => {
  const { open, licence } = agrees(described, {});
  assert.deepEqual(open, ['malignant']);
  assert.equal(licence, 'CC0-1.0');
});

test('what a file does not say is told, and may be stated', () => {
  assert.deepEqual(agrees(unsaid, {}).open, ['labels', 'pixels', 'malignant']);
  const labels = `${ROOT}build/test/labels.txt`;
  execFileSync('sh', ['-c', `printf 'a\\nb\\nc\\nd\\ne\\n' >${labels}`]);
  const stated = { labels: 'a\nb\nc\nd\ne\n', pixels: [0, 0, 0, 255, 255, 255] };
  const options = ['--labels', labels, '--range', '0,1'];
  assert.deepEqual(agrees(unsaid, stated, ...options).open, ['malignant']);
  const marked = { ...stated, malignant: [0, 1, 0, 0, 1] };
  const { open, malignant, labels: classes } = agrees(unsaid, marked, ...options, '--malignant', 'e', '--malignant=b');
  assert.deepEqual(open, []);
  assert.deepEqual(
    classes.filter((label) => label.malignant).map(({ id }) => id),
    ['b', 'e'],
  );
  const native = natively(unsaid, ...options);
  assert.ok(Math.abs(malignant - native.b - native.e) < 1e-5, `${malignant}`);
});

test('the command line says what is open, and refuses what does not fit', () => {
  const run = (...args) => spawnSync(`${ROOT}build/lentigo`, args, { encoding: 'utf8' });
  assert.match(run('inspect', unsaid).stdout, /^not said +labels .*\nnot said +pixels .*\nnot said +malignant /m);
  assert.match(run('classify', '--model', unsaid, photo).stderr, /does not name its classes; name them with --labels/);
  assert.match(run('classify', '--model', unsaid, '--mean', '1', photo).stderr, /--mean and --std go together/);
  assert.match(run('classify', '--model', unsaid, '--range', '1,0', photo).stderr, /--range needs two numbers/);
  assert.match(run('classify', '--model', unsaid, '--std', '1,0,1', photo).stderr, /--std needs a number above 0/);
  assert.match(run('classify', '--model', unsaid, '--labels', photo, photo).stderr, /labels: byte 0 is not UTF-8/);
  const marked = (model, name) => run('classify', '--model', model, '--malignant', name, photo).stderr;
  assert.equal(marked(described, 'none'), 'lentigo: --malignant: none: the model has no such class\n');
  assert.match(marked(unsaid, '3'), /stated\.malignant: the classes have no names, state these, too/);
  assert.match(marked(`${ROOT}model/lesion.tflite`, 'mel'), /the model's file says itself/);
});

test('our own model runs in it to the same bits, and the narrow builds leave other models alone', async () => {
  const narrow = await load('simd');
  const answers = [wide, narrow].map((module) => {
    const engine = new Engine(module);
    assert.equal(engine.loadModel(fixtures.models[0].bytes), 'LT_OK');
    assert.equal(engine.classify(readFileSync(photo)), 'LT_OK');
    const { probabilities } = engine.result;
    engine.destroy();
    return probabilities;
  });
  assert.deepEqual(answers[0], answers[1]);
  assert.equal(narrow._lt_wasm_load_model_as, undefined);
});
