/*
 * Every int8 kernel of the WebAssembly builds beside the formula and beside XNNPACK's own: those that this processor
 * runs, and with an emulated dot product (`sdot`) those of arm64.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Engine, instantiate } from '../support/engine.mjs';
import { COMMAND, ROOT } from '../support/fixtures.mjs';

const LEAST_SHAPES = 100;

/** Lines of the table that run in every engine, by build. */
const EVERYWHERE = {
  simd: ['dw-dot16', 'gemm-dot16'],
  relaxed: ['dw-dot16', 'gemm-dot16'],
  sdot: ['dw-sdot', 'gemm-sdot', 'dw-dot16', 'gemm-dot16'],
};

for (const [build, everywhere] of Object.entries(EVERYWHERE)) {
  const { default: glue } = await import(`${ROOT}build/test/kernels-${build}.mjs`);
  const module = await glue();
  const ran = [];
  for (let line = 0; module._kernels_name(line); line++) {
    const name = module.UTF8ToString(module._kernels_name(line));
    if (!module._kernels_can_run(line)) continue;
    ran.push(name);
    test(`${build}: ${name}`, () => {
      const shapes = module._kernels_run(line);
      assert.ok(shapes >= LEAST_SHAPES, module.UTF8ToString(module._kernels_text()));
    });
  }

  test(`${build}: runs what every engine can, and the relaxed dot by one rule only`, () => {
    for (const name of everywhere) assert.ok(ran.includes(name), `${name} is not among ${ran}`);
    const rules = new Set(ran.map((name) => name.split('-')[1]).filter((dot) => dot !== 'dot16'));
    assert.ok(rules.size <= 1, `${[...rules]}`);
  });
}

const MODEL = `${ROOT}model/lesion.tflite`;

for (const build of ['simd', 'relaxed'])
  test(`${build}: every convolution of the model runs on a kernel of ours`, async () => {
    const { default: glue } = await import(`${ROOT}build/wasm/lentigo-${build}.mjs`);
    const engine = new Engine(await instantiate(glue, readFileSync(`${ROOT}build/wasm/lentigo-${build}.wasm`)));
    assert.equal(engine.kernels, null);
    assert.equal(engine.loadModel(readFileSync(MODEL)), 'LT_OK');
    const { graph } = JSON.parse(execFileSync(COMMAND, ['inspect', '--json', MODEL], { encoding: 'utf8' }));
    const counted = (name) => graph.operators.filter((operator) => operator.name === name).length;
    const run = (pattern) =>
      engine.kernels.filter(({ name }) => pattern.test(name)).reduce((sum, { operators }) => sum + operators, 0);
    assert.equal(run(/^dw-/), counted('DEPTHWISE_CONV_2D'));
    assert.ok(run(/^gemm-/) >= counted('CONV_2D'));
    assert.equal(run(/./), graph.operators.length);
    engine.destroy();
  });
