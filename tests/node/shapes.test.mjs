/*
 * Every shape of convolution through every WebAssembly build, to the bit of LiteRT's outputs: shapes.json, which
 * tests/training/test_shapes.py holds against the LiteRT interpreter. What runs here is the whole engine, so the
 * kernels are those that it takes: ours, or XNNPACK's.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Engine, instantiate } from '../support/engine.mjs';
import { ROOT } from '../support/fixtures.mjs';
import '../support/threads.mjs';

const FOLDER = `${ROOT}build/test/shapes/`;
const GOLDEN = JSON.parse(readFileSync(`${ROOT}tests/support/shapes.json`, 'utf8'));

/* Of every output, and how much of its hash is kept: as in test_shapes.py. */
const [SCALE, ZERO, DIGITS] = [1 / 48, -11, 16];
const THREADS = { threads: 2 };
const POOL = 5;

mkdirSync(FOLDER, { recursive: true });
const names = execFileSync(`${ROOT}build/test/mkshapes`, [FOLDER], { encoding: 'utf8' }).trim().split('\n');

/** The picture for a network, [side, side, 4] u8. */
function pictureOf(name) {
  const side = Number(name.split('side')[1]);
  const rgb = readFileSync(`${FOLDER}picture-${side}.rgb`);
  const rgba = Uint8Array.from({ length: side * side * 4 }, (_, i) =>
    i % 4 === 3 ? 255 : rgb[(i >> 2) * 3 + (i % 4)],
  );
  return [rgba, side, side];
}

function digest(logits) {
  const values = Int8Array.from(Object.values(logits), (logit) => Math.round(logit / SCALE) + ZERO);
  return createHash('sha256').update(values).digest('hex').slice(0, DIGITS);
}

test('there are golden values for all, and for no others', () => {
  assert.deepEqual(Object.keys(GOLDEN).sort(), [...names].sort());
});

for (const build of ['simd', 'relaxed', 'threads'])
  test(`${build}: channels 1 to 33, filters 1x1 to 7x7, strides, paddings: LiteRT’s bits`, async () => {
    const { default: glue } = await import(`${ROOT}build/wasm/lentigo-${build}.mjs`);
    const module = await instantiate(glue, readFileSync(`${ROOT}build/wasm/lentigo-${build}.wasm`), { threads: POOL });
    const engine = new Engine(module, { threads: THREADS[build] ?? 1 });
    const different = [];
    for (const name of names) {
      assert.equal(engine.loadModel(readFileSync(`${FOLDER}${name}.tflite`)), 'LT_OK', `${name}: ${engine.error}`);
      assert.equal(engine.classifyPixels(...pictureOf(name)), 'LT_OK', `${name}: ${engine.error}`);
      if (digest(engine.result.logits) !== GOLDEN[name]) different.push(name);
      await new Promise((resolve) => setImmediate(resolve)); /* threads of the model before come back only now */
    }
    engine.destroy();
    assert.deepEqual(different, []);
  });
