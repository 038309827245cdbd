/* Both WebAssembly builds in Node: the suite, against the native command line. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { cases } from '../suite.mjs';
import { Engine, instantiate } from '../support/engine.mjs';
import { makeFixtures, ROOT } from '../support/fixtures.mjs';

const fixtures = makeFixtures();

for (const build of ['simd', 'relaxed']) {
  const { default: glue } = await import(`${ROOT}build/wasm/lentigo-${build}.mjs`);
  const module = await instantiate(glue, readFileSync(`${ROOT}build/wasm/lentigo-${build}.wasm`));
  for (const { name, run } of cases(module, fixtures)) test(`${build}: ${name}`, run);
  test(`${build}: a DICOM file is refused as what this build does not read`, () => {
    const engine = new Engine(module);
    assert.equal(engine.loadModel(fixtures.models[0].bytes), 'LT_OK');
    const file = Buffer.concat([Buffer.alloc(128), Buffer.from('DICM'), Buffer.alloc(64)]);
    assert.equal(engine.classify(file), 'LT_IMAGE_UNSUPPORTED');
    assert.match(engine.error, /DICOM/);
    engine.destroy();
  });
}

test('the photos try what they should', () => {
  const answers = Object.values(fixtures.models[0].answers);
  assert.ok(
    answers.some(({ photo }) => photo?.scale > 1),
    'no JPEG was decoded at a reduced size',
  );
  assert.equal(answers.filter(({ error }) => error).length, 7);
});
