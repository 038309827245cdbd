/* The suite in a browser's worker: told a build, it posts [{name, error}], error null where a case passed. */
import { cases } from '../suite.mjs';
import { instantiate } from './engine.mjs';

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
  return cases(await instantiate(glue, wasm), fixtures).map(({ name, run }) => {
    try {
      run();
      return { name, error: null };
    } catch (error) {
      return { name, error: error.message };
    }
  });
}

self.onmessage = ({ data: build }) => {
  runAll(build).then(
    (results) => self.postMessage(results),
    (error) => self.postMessage([{ name: 'loading', error: error.message }]),
  );
};
