/* Every WebAssembly build in Node: the suite, against the native command line. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { cases } from '../suite.mjs';
import { Engine, instantiate } from '../support/engine.mjs';
import { makeFixtures, ROOT } from '../support/fixtures.mjs';
import '../support/threads.mjs';

const fixtures = makeFixtures();

/* Of each engine; enough are there for the several that a case makes. */
const THREADS = { threads: 2 };
const POOL = 9;

for (const build of ['simd', 'relaxed', 'threads']) {
  const { default: glue } = await import(`${ROOT}build/wasm/lentigo-${build}.mjs`);
  const module = await instantiate(glue, readFileSync(`${ROOT}build/wasm/lentigo-${build}.wasm`), { threads: POOL });
  module.engineThreads = THREADS[build];
  for (const { name, run } of cases(module, fixtures))
    test(`${build}: ${name}`, async () => {
      run();
      await new Promise((resolve) => setImmediate(resolve)); /* threads of engines that are gone come back only now */
    });
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
