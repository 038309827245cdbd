/**
 * Builds the site: `node web/build.mjs --sources FOLDER [--model FILE] [--atlas FILE] [--keys FILE] [--out FOLDER]
 * [--metafile FILE]`, where the sources are those of the C libraries, the keys those that may sign catalogues of newer models
 * (keys.mjs), and the metafile says afterwards what the bundles were made of. What comes out is static, needs no special headers and runs from any folder of any host. Names of scripts, styles and engines carry a hash.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, extname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { injectManifest } from 'workbox-build';
import { putDevelopers } from './developers.mjs';
import { drawIcon, ICONS } from './draw/icons.mjs';
import { PHOTOGRAPHS, readPhotograph } from './draw/photographs.mjs';
import { drawSample, SAMPLE_IDS } from './draw/samples.mjs';
import { drawStrip } from './draw/thumbnails.mjs';
import { engineFiles } from './engine-files.mjs';
import { hostFiles } from './hosts.mjs';
import { readKeys } from './keys.mjs';
import { gatherLicences } from './licences.mjs';
import { metadataOf } from './metadata.mjs';
import { engineVersion } from './package.mjs';
import { BARE_POLICY, headers, metaPolicy } from './policy.mjs';
import { checkTexts, inAllLanguages, textFiles } from './texts.mjs';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const { values: options } = parseArgs({
  options: {
    metafile: { type: 'string' },
    atlas: { type: 'string', default: join(ROOT, 'model/lesion.atlas') },
    keys: { type: 'string' },
    model: { type: 'string', default: join(ROOT, 'model/lesion.tflite') },
    out: { type: 'string', default: join(ROOT, 'dist') },
    sources: { type: 'string' },
  },
});
const OUT = options.out;
const SOURCES = join(ROOT, 'web/src');
const { version: VERSION } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

const COMMON = {
  bundle: true,
  minify: true,
  charset: 'utf8', // half the bytes of Arabic and Chinese; scripts of modules are UTF-8 everywhere
  format: 'esm',
  target: ['es2022'],
  outdir: join(OUT, 'assets'),
  entryNames: '[name]-[hash]',
  chunkNames: '[name]-[hash]',
  assetNames: '[name]-[hash]',
  loader: { '.wasm': 'file' },
  jsx: 'automatic',
  jsxImportSource: 'preact',
  metafile: true,
  logLevel: 'warning',
};

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

function put(path, content) {
  const file = join(OUT, path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, content);
}

/** Everything goes but the README that git holds. */
function empty() {
  mkdirSync(OUT, { recursive: true });
  for (const name of readdirSync(OUT)) if (name !== 'README.md') rmSync(join(OUT, name), { recursive: true });
}

/**
 * Every file that is fetched only when wanted imports the page's own script, which is there by then. So all that
 * the page begins with is shared by the same files, and becomes one script instead of one for each set of sharers.
 */
const LATER =
  /\/(\w+\/\w+-screen\.tsx|similar\/similar-panel\.tsx|model\/(actions-late|model-choice|own-model)\.tsx?|history\/(actions-late|save-form|storage\/archive)\.tsx?|check\/(crop\/crop-editor|guess-form|general-answer)\.tsx|offline\/hand-over\.ts)$/;

const oneBeginning = {
  name: 'one beginning',
  setup({ onLoad }) {
    onLoad({ filter: LATER }, ({ path }) => {
      if (path.endsWith('check-screen.tsx')) return undefined; // there from the beginning
      const beginning = relative(dirname(path), join(SOURCES, 'main'));
      return { contents: `${readFileSync(path, 'utf8')}\nimport '${beginning}';\n`, loader: extname(path).slice(1) };
    });
  },
};

/**
 * Every late file of the worker imports all that the worker begins with, for the same reason. Not the worker's own script:
 * the browser begins with that one by its name.
 */
const BEGINNING = [
  ...['worker/model-manager', 'worker/answers', 'worker/bound'],
  ...['../package/session', '../package/serve', '../package/wasm-module'],
];

const oneWorker = {
  name: 'one worker',
  setup({ onLoad }) {
    onLoad({ filter: /\/worker\/(brought|study|updates)\.ts$/ }, ({ path }) => {
      const imports = BEGINNING.map((name) => `import ${JSON.stringify(join(SOURCES, name))};\n`);
      return { contents: `${readFileSync(path, 'utf8')}\n${imports.join('')}`, loader: 'ts' };
    });
  },
};

/** The name that esbuild gave to what came from `source`. */
function outputOf({ metafile }, source) {
  const [path] = Object.entries(metafile.outputs).find(([, { entryPoint }]) => entryPoint?.endsWith(source));
  return basename(path);
}

/** What the script of that name imports from its first line on: better fetched with it than after it. */
function importsOf({ metafile }, script) {
  const [, { imports }] = Object.entries(metafile.outputs).find(([path]) => basename(path) === script);
  return imports.filter(({ kind }) => kind === 'import-statement').map(({ path }) => basename(path));
}

/** What a build is known by: a hash of all that the site, its scripts and the engine are made of. */
function buildId() {
  const hash = createHash('sha256');
  const files = readdirSync(join(ROOT, 'web'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const engines = ['simd', 'relaxed', 'threads', 'study', 'wide'].map((build) =>
    join(ROOT, `build/wasm/lentigo-${build}.wasm`),
  );
  const others = [
    join(ROOT, 'package-lock.json'),
    options.model,
    ...(existsSync(options.atlas) ? [options.atlas] : []),
  ];
  for (const file of [...files.sort(), ...engines, ...others]) hash.update(readFileSync(file));
  hash.update(KEYS.join());
  return hash.digest('hex').slice(0, 12);
}

/* Stands for the folder of the app where addresses are made; what begins with it is relative in the page. */
const NOWHERE = 'https://lentigo.invalid/';

/** What the modules of the page ask of a browser as they are loaded, and drawing the first screen. */
const PAGE_STANDIN = `
  globalThis.document ??= { baseURI: '${NOWHERE}', activeElement: null };
  globalThis.location ??= { hash: '' };
  globalThis.localStorage ??= { getItem: () => null };
  Object.defineProperty(globalThis, 'navigator', { value: { mediaDevices: {} }, configurable: true });
`;

/** The first screen as HTML, by the page's own components. */
async function prerender() {
  const { outputFiles } = await build({
    ...COMMON,
    entryPoints: [join(SOURCES, 'prerender.tsx')],
    plugins: [textFiles],
    banner: { js: PAGE_STANDIN },
    define: { ...DEFINED, WORKER_FILES: '[""]' },
    metafile: false,
    write: false,
  });
  const [{ text }] = outputFiles;
  const { firstScreen } = await import(`data:text/javascript;base64,${Buffer.from(text).toString('base64')}`);
  /* The policy lets styles be set by scripts alone, and what the thumbnails show depends on theirs. */
  return firstScreen()
    .replaceAll(/ style="[^"]*"/g, '')
    .replaceAll(/(<img[^>]*) src="[^"]*"/g, '$1')
    .replaceAll(NOWHERE, '');
}

/** The script that stands in the page itself, as text. */
async function buildFirstScript() {
  const { outputFiles } = await build({
    ...COMMON,
    entryPoints: [join(SOURCES, 'first-script/first-script.ts')],
    format: 'iife',
    write: false,
  });
  return outputFiles[0].text.trim();
}

async function buildScripts(model) {
  const worker = await build({
    ...COMMON,
    entryPoints: [join(SOURCES, 'worker/worker.ts')],
    splitting: true,
    plugins: [engineFiles, oneWorker],
    define: { BUILT: JSON.stringify(JSON.stringify({ model, engine: engineVersion(), keys: KEYS })) },
  });
  const workerScript = outputOf(worker, 'worker.ts');
  const workerFiles = [workerScript, ...importsOf(worker, workerScript)];
  const page = await build({
    ...COMMON,
    splitting: true,
    plugins: [oneBeginning, textFiles],
    entryPoints: [join(SOURCES, 'main.tsx'), join(SOURCES, 'style.css')],
    define: { ...DEFINED, WORKER_FILES: JSON.stringify(workerFiles.map((name) => `./${name}`)) },
  });
  const script = outputOf(page, 'main.tsx');
  return { script, style: outputOf(page, 'style.css'), parts: importsOf(page, script), bundles: [worker, page] };
}

/** A page of `template`, its places filled in. Its text is taken as it is: `$&` in a script means nothing here. */
function putPageFrom(name, fill) {
  const template = readFileSync(join(ROOT, 'web', name), 'utf8');
  put(
    name,
    template.replace(/\{\{(\w+)\}\}/g, (_, place) => fill[place]),
  );
}

async function putPage({ script, style, parts }) {
  const preload = parts.map((name) => `<link rel="modulepreload" href="assets/${name}">`).join('\n');
  putPageFrom('index.html', {
    policy: metaPolicy(FIRST_SCRIPT),
    first: FIRST_SCRIPT,
    script: `assets/${script}`,
    style: `assets/${style}`,
    preload,
    screen: await prerender(),
  });
}

/**
 * The page a host shows for what is not there: in all languages at once, since it runs no script. Where the site's data
 * were deleted and the installed app is still there, a photo shared to it ends here.
 */
function putNotFoundPage() {
  const sections = Object.entries(inAllLanguages('not-found')).map(
    ([language, { 'absent.what': what, 'absent.shared': shared, 'absent.open': open }]) =>
      `<section lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}">\n` +
      `<p>${what}</p>\n<p>${shared}</p>\n<p><a href="./">${open}</a></p>\n</section>`,
  );
  putPageFrom('404.html', { policy: BARE_POLICY, texts: sections.join('\n') });
}

/** The atlas beside the model, where there is one; whether it belongs to that network the engine finds out. */
function putAtlas() {
  if (!existsSync(options.atlas)) return undefined;
  const bytes = readFileSync(options.atlas);
  const hash = sha256(bytes);
  const url = `model/${hash}.atlas`;
  put(url, bytes);
  return { sha256: hash, bytes: bytes.length, url };
}

/** The model's entry, as it stands in the catalogue and in the app. */
function putModel() {
  const bytes = readFileSync(options.model);
  const hash = sha256(bytes);
  const { name: id, version, licence, attribution } = metadataOf(bytes, options.model);
  const entry = { id, version, sha256: hash, bytes: bytes.length, url: `model/${hash}.tflite` };
  put(entry.url, bytes);
  const model = { ...entry, atlas: putAtlas() };
  put('catalog.json', `${JSON.stringify({ format: 1, models: [model] }, null, 2)}\n`);
  return { model, licence: `${licence}. ${attribution}` };
}

function putManifest() {
  const icons = ICONS.filter(({ purpose }) => purpose !== 'apple').map(({ name, size, purpose }) => ({
    src: `icons/${name}`,
    sizes: `${size}x${size}`,
    type: 'image/png',
    purpose,
  }));
  const base = JSON.parse(readFileSync(join(ROOT, 'web/manifest.json'), 'utf8'));
  put('manifest.webmanifest', JSON.stringify({ ...base, icons }, null, 2));
}

async function bundleServiceWorker() {
  return build({
    ...COMMON,
    /* sw-off.js is put in the place of sw.js where a release has to be withdrawn. */
    entryPoints: [
      { in: join(SOURCES, 'service-worker/service-worker.ts'), out: 'sw' },
      { in: join(SOURCES, 'service-worker/withdraw.ts'), out: 'sw-off' },
    ],
    format: 'iife',
    plugins: [textFiles],
    outdir: OUT,
    entryNames: '[name]',
    define: {
      HEADERS: JSON.stringify(HEADERS),
      BUILD_ID: JSON.stringify(BUILD),
      'process.env.NODE_ENV': '"production"',
    },
  });
}

/** The list names each file's SHA-256: nothing else is ever kept under its name, and what is kept is held against it. */
const withHashes = (entries) => ({
  manifest: entries.map(({ url }) => ({ url, revision: sha256(readFileSync(join(OUT, url))) })),
});

async function listForServiceWorker() {
  const bundle = join(OUT, 'sw.js');
  const { warnings } = await injectManifest({
    swSrc: bundle,
    swDest: bundle,
    globDirectory: OUT,
    globPatterns: [
      'index.html',
      'manifest.webmanifest',
      'licences.json',
      'assets/*',
      'icons/*',
      'samples/*',
      'photographs/*',
      'developers/**/*',
    ],
    manifestTransforms: [withHashes],
    maximumFileSizeToCacheInBytes: 8 * 1024 * 1024,
  });
  for (const warning of warnings) console.warn(`sw.js: ${warning}`);
}

/** One metafile of all bundles. */
function together(metafiles) {
  const all = (part) => Object.assign({}, ...metafiles.map((metafile) => metafile[part]));
  return JSON.stringify({ inputs: all('inputs'), outputs: all('outputs') });
}

/** Photographs, then drawings, as the app lists them. */
function putSamples() {
  const photographs = PHOTOGRAPHS.map(({ id }) => [`photographs/${id}.jpg`, readPhotograph(id)]);
  const drawings = SAMPLE_IDS.map((id) => [`samples/${id}.jpg`, drawSample(id)]);
  for (const [path, bytes] of [...photographs, ...drawings]) put(path, bytes);
  put('samples/thumbnails.jpg', drawStrip([...photographs, ...drawings].map(([, bytes]) => bytes)));
  mkdirSync(join(ROOT, 'build/samples'), { recursive: true });
  for (const [path, bytes] of drawings) writeFileSync(join(ROOT, 'build', path), bytes);
}

const KEYS = options.keys ? readKeys(options.keys) : [];
const BUILD = buildId();
/** Constants of the page's scripts. */
const DEFINED = {
  DRAWINGS: JSON.stringify(SAMPLE_IDS),
  PHOTOGRAPHS: JSON.stringify(PHOTOGRAPHS),
  APP_VERSION: JSON.stringify(VERSION),
  BUILD_ID: JSON.stringify(BUILD),
};
const FIRST_SCRIPT = await buildFirstScript();
const HEADERS = headers(FIRST_SCRIPT);

checkTexts();
empty();
const { model, licence } = putModel();
const page = await buildScripts(model);
await putPage(page);
putManifest();
for (const [path, text] of Object.entries(hostFiles(HEADERS))) put(path, text);
putNotFoundPage();
putSamples();
const developers = await putDevelopers(OUT, { policy: metaPolicy(FIRST_SCRIPT), model, licence, samples: SAMPLE_IDS });
for (const icon of ICONS) put(`icons/${icon.name}`, drawIcon(icon));
const serviceWorker = await bundleServiceWorker();
const bundles = [...[...page.bundles, serviceWorker].map(({ metafile }) => metafile), ...developers];
put('licences.json', JSON.stringify(gatherLicences(ROOT, bundles, options.sources)));
if (options.metafile) writeFileSync(options.metafile, together(bundles));
await listForServiceWorker();
console.log(`built ${OUT}`);
