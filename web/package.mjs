/**
 * Makes the packages for others into `build/package`: `node web/package.mjs --sources FOLDER`, where the sources are those
 * of the C libraries. `lentigo` is the engine with its wiring and the component, under the version of src/lentigo.h;
 * `lentigo-model-lite0` is the model file, under its own version and licence.
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { engineFiles } from './engine-files.mjs';
import { gatherLicences } from './licences.mjs';
import { metadataOf } from './metadata.mjs';
import { messagesOf } from './texts.mjs';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const SOURCES = join(ROOT, 'web/package');
const MODEL = join(ROOT, 'model/lesion.tflite');

/** The oldest that has process.getBuiltinModule, by which files are read without naming a module to bundlers. */
const OLDEST_NODE = '>=20.16.0';

/** The engine's builds: for its own models, with threads, and for models by other people. */
const ENGINES = ['simd', 'relaxed', 'threads', 'wide'].map((build) => `lentigo-${build}.wasm`);

/** What the component shows of the app's texts: keys, and beginnings of keys that are put together at run time. */
const SHOWN_TEXTS = [
  'app.notDiagnosis',
  'check.another',
  'check.empty',
  'check.file',
  'check.yourPhoto',
  'answer.above',
  'answer.bars',
  'answer.below',
  'answer.fault.',
  'answer.gateHeading',
  'answer.gateLead',
  'answer.gateShow',
  'answer.inSet',
  'answer.malignant',
  'answer.malignantKind',
  'answer.threshold',
  'answer.meaning',
  'answer.most',
  'answer.nearest',
  'answer.neither',
  'answer.spoken',
  'answer.stranger',
  'answer.strangerLead',
  'answer.unsure',
  'answer.unsureLead',
  'plain.above',
  'plain.below',
  'plain.most',
  'plain.spoken',
  'format.above',
  'format.below',
  'job.failed',
  'job.retry',
  'job.working',
  'kind.',
  'fault.no-simd',
  'fault.engine-load',
  'fault.network',
  'fault.time-out',
  'fault.crash',
  'fault.not-a-picture',
  'fault.heic',
  'fault.empty-file',
  'fault.file-gone',
  'fault.LT_',
];

const isMeant = (shown, key) => (/[._]$/.test(shown) ? key.startsWith(shown) : key === shown);

/** Throws where the app has a text no more: the component would show its key. */
function shownTexts(language) {
  const messages = messagesOf(language);
  const missing = SHOWN_TEXTS.find((shown) => !Object.keys(messages).some((key) => isMeant(shown, key)));
  if (missing) throw new Error(`web/package.mjs: ${language} has no text ${missing}`);
  const wanted = (key) => SHOWN_TEXTS.some((shown) => isMeant(shown, key));
  return Object.fromEntries(Object.entries(messages).filter(([key]) => wanted(key)));
}

const elementTexts = {
  name: 'texts of the component',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^texts\/element\// }, ({ path }) => ({
      path: path.slice('texts/'.length),
      namespace: 'texts',
    }));
    onLoad({ filter: /.*/, namespace: 'texts' }, ({ path }) => ({
      contents: `export default ${JSON.stringify(shownTexts(path.slice('element/'.length)), null, 2)}`,
      loader: 'js',
    }));
  },
};

/** What the C header `file` defines as `name`. */
function defined(file, name) {
  const found = readFileSync(join(ROOT, file), 'utf8').match(new RegExp(`^#define ${name} +"?([^"\\s]+)`, 'm'));
  if (!found) throw new Error(`${file}: does not define ${name}`);
  return found[1];
}

export const engineVersion = () => defined('src/lentigo.h', 'LT_VERSION');

/** Scripts of the package, into `out`; gives esbuild's metafiles. */
export async function buildPackageScripts(out) {
  const common = {
    bundle: true,
    charset: 'utf8',
    format: 'esm',
    target: ['es2022'],
    outdir: out,
    loader: { '.css': 'text' },
    define: { PACKAGE_VERSION: JSON.stringify(engineVersion()) },
    plugins: [engineFiles, elementTexts],
    metafile: true,
    logLevel: 'warning',
  };
  const worker = await build({ ...common, entryPoints: [join(SOURCES, 'worker.ts')], minify: true });
  const page = await build({
    ...common,
    entryPoints: ['index', 'element', 'local'].map((name) => join(SOURCES, `${name}.ts`)),
    /* Beside the entries: addresses are made from where a script lies. */
    chunkNames: '[name]-[hash]',
    splitting: true,
  });
  /* Each thread begins with this one, so it is a file by itself. */
  const threads = await build({
    ...common,
    entryPoints: { 'lentigo-threads': join(ROOT, 'build/wasm/lentigo-threads.mjs') },
    minify: true,
  });
  for (const name of ENGINES) copyFileSync(join(ROOT, 'build/wasm', name), join(out, name));
  return [worker.metafile, page.metafile, threads.metafile];
}

/** Types of what is exported, and of what these stand on; relative imports with the ending that Node asks for. */
export function putTypes(out) {
  execFileSync(join(ROOT, 'node_modules/.bin/tsc'), ['-p', SOURCES], { stdio: 'inherit' });
  const wanted = ['index', 'element'];
  for (const name of wanted) {
    const text = readFileSync(join(ROOT, `build/types/package/${name}.d.ts`), 'utf8');
    writeFileSync(join(out, `${name}.d.ts`), text.replaceAll(/(from '|import\(')(\.\/[\w-]+)'/g, "$1$2.js'"));
    for (const [, used] of text.matchAll(/(?:from '|import\(')\.\/([\w-]+)'/g))
      if (!wanted.includes(used)) wanted.push(used);
  }
}

const json = (value) => `${JSON.stringify(value, null, 2)}\n`;

function putEngine(out, metafiles, sources) {
  writeFileSync(
    join(out, 'package.json'),
    json({
      name: 'lentigo',
      version: engineVersion(),
      description:
        'A skin-lesion classifier in C and WebAssembly, for pages, workers, Node, Deno and Bun. An aid for study, not a medical device',
      keywords: ['skin', 'lesion', 'classifier', 'dermatoscopy', 'webassembly', 'tflite', 'web-component'],
      license: 'MIT',
      type: 'module',
      engines: { node: OLDEST_NODE },
      exports: {
        '.': { types: './index.d.ts', default: './index.js' },
        './element': { types: './element.d.ts', default: './element.js' },
        ...Object.fromEntries(
          ['worker.js', 'lentigo-threads.js', ...ENGINES].map((name) => [`./${name}`, `./${name}`]),
        ),
        './package.json': './package.json',
      },
      files: ['*.js', '*.d.ts', '*.wasm', 'LICENSE', 'THIRD-PARTY.txt'],
      sideEffects: ['./element.js'],
      lentigo: { modelFormats: { oldest: 1, newest: Number(defined('src/model/meta_net.h', 'META_FORMAT')) } },
    }),
  );
  copyFileSync(join(SOURCES, 'README.md'), join(out, 'README.md'));
  copyFileSync(join(ROOT, 'LICENSE'), join(out, 'LICENSE'));
  const parts = gatherLicences(ROOT, metafiles, sources).filter(({ name }) => name !== 'photographs to try');
  const notices = parts.map(({ name, version, text }) => `==== ${name} ${version}\n\n${text}\n`);
  writeFileSync(join(out, 'THIRD-PARTY.txt'), notices.join('\n'));
}

const MODEL_SCRIPT = `/** Where the model file lies, for \`Lentigo.create({ model })\`. Its licence is CC BY-NC 4.0. */
export default new URL('./lesion.tflite', import.meta.url);
`;
const MODEL_TYPES = `/** Where the model file lies, for \`Lentigo.create({ model })\`. Its licence is CC BY-NC 4.0. */
declare const address: typeof globalThis extends { URL: { prototype: infer T } } ? T : never;
export default address;
`;

const modelReadme = ({ name, version, licence, attribution }) => `# lentigo-model-lite0

The model **${name}**, version ${version}, for the package \`lentigo\`: seven kinds of skin lesion, int8, as one TFLite file
with its labels, preprocessing, thresholds and figures inside.

    import { Lentigo } from 'lentigo';
    import model from 'lentigo-model-lite0';

    const lentigo = await Lentigo.create({ model });

The default export is the file's address, which bundlers take along. \`lentigo-model-lite0/lesion.tflite\` is the file.

**An aid for study, not a medical device.** It misses melanomas; nobody should decide by it whether to see a doctor.

Licence: **${licence}**, that of the pictures it was trained on: not for commercial use.
${attribution}
`;

const modelLicence = ({ name, version, licence, attribution }) => `${name} ${version}

${attribution}

This model is licensed under ${licence}, Creative Commons Attribution-NonCommercial 4.0 International. You may share and
adapt it, not for commercial purposes, if you give credit as above, say what you changed and link to the licence:
https://creativecommons.org/licenses/by-nc/4.0/legalcode
`;

function putModel(out) {
  const metadata = metadataOf(readFileSync(MODEL), MODEL);
  writeFileSync(
    join(out, 'package.json'),
    json({
      name: 'lentigo-model-lite0',
      version: metadata.version,
      description:
        'The model of the package lentigo: seven kinds of skin lesion. An aid for study, not a medical device',
      license: 'CC-BY-NC-4.0',
      type: 'module',
      exports: {
        '.': { types: './index.d.ts', default: './index.js' },
        './lesion.tflite': './lesion.tflite',
        './package.json': './package.json',
      },
      files: ['index.js', 'index.d.ts', 'lesion.tflite', 'LICENSE'],
      sideEffects: false,
      lentigo: { modelFormat: metadata.format },
    }),
  );
  copyFileSync(MODEL, join(out, 'lesion.tflite'));
  writeFileSync(join(out, 'index.js'), MODEL_SCRIPT);
  writeFileSync(join(out, 'index.d.ts'), MODEL_TYPES);
  writeFileSync(join(out, 'README.md'), modelReadme(metadata));
  writeFileSync(join(out, 'LICENSE'), modelLicence(metadata));
}

function pack(folder, to) {
  execFileSync('npm', ['pack', '--silent', '--pack-destination', to], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

async function main() {
  const { values: options } = parseArgs({
    options: { sources: { type: 'string' }, out: { type: 'string', default: join(ROOT, 'build/package') } },
  });
  const { out } = options;
  rmSync(out, { recursive: true, force: true });
  const [engine, model] = ['lentigo', 'lentigo-model-lite0'].map((name) => join(out, name));
  for (const folder of [engine, model]) mkdirSync(folder, { recursive: true });
  const metafiles = await buildPackageScripts(engine);
  putTypes(engine);
  putEngine(engine, metafiles, options.sources);
  putModel(model);
  for (const folder of [engine, model]) pack(folder, out);
  console.log(
    readdirSync(out)
      .filter((name) => name.endsWith('.tgz'))
      .map((name) => join(out, name))
      .join('\n'),
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
