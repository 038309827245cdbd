/* The suite in a browser's worker: told a build, it posts [{name, error}], error null where a case passed. */
import { cases } from '../suite.mjs';
import { instantiate } from './engine.mjs';

/* Of each engine; enough are there for the several that a case makes. */
const THREADS = { threads: 2 };
const POOL = 9;

async function bytes(path) {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path}: HTTP ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

/** The fixtures as the suite takes them: the index names files where Node has bytes. */
async function load() {
  const fixtures = await (await fetch('/fixtures.json')).json();
  for (const entry of [...fixtures.models, ...fixtures.photos, ...fixtures.brokenModels])
    entry.bytes = await bytes(`/fixtures/${entry.name}`);
  fixtures.pixels.rgba = await bytes('/fixtures/pixels');
  fixtures.pixels.png = await bytes('/fixtures/pixels.png');
  return fixtures;
}

async function runAll(build) {
  const [{ default: glue }, wasm, fixtures] = await Promise.all([
    import(`/build/wasm/lentigo-${build}.mjs`),
    bytes(`/build/wasm/lentigo-${build}.wasm`),
    load(),
  ]);
  const results = [];
  const module = await instantiate(glue, wasm, { threads: POOL });
  module.engineThreads = THREADS[build];
  for (const { name, run } of cases(module, fixtures)) {
    try {
      run();
      results.push({ name, error: null });
    } catch (error) {
      results.push({ name, error: error.message });
    }
    /* Threads of engines that are gone come back when this worker has nothing to do. */
    await new Promise((resolve) => setTimeout(resolve));
  }
  return results;
}

self.onmessage = ({ data: build }) => {
  runAll(build).then(
    (results) => self.postMessage(results),
    (error) => self.postMessage([{ name: 'loading', error: error.message }]),
  );
};
