/** For esbuild: `lentigo/simd.mjs`, `lentigo/simd.wasm` and their like are the compiler's output. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../', import.meta.url));

/* The glue of the build with threads starts itself again as a worker, by the name that the compiler gave it. */
const OWN_NAME = 'new URL("lentigo-threads.mjs",import.meta.url)';

function underAnyName(path) {
  const glue = readFileSync(path, 'utf8');
  if (!glue.includes(OWN_NAME)) throw new Error(`${path}: does not start itself by ${OWN_NAME}`);
  return { contents: glue.replace(OWN_NAME, 'import.meta.url'), loader: 'js' };
}

export const engineFiles = {
  name: 'engine files',
  setup({ onResolve, onLoad }) {
    onLoad({ filter: /lentigo-threads\.mjs$/ }, ({ path }) => underAnyName(path));
    onResolve({ filter: /^lentigo\// }, ({ path }) => ({
      path: join(ROOT, 'build/wasm', `lentigo-${path.slice('lentigo/'.length)}`),
    }));
  },
};
