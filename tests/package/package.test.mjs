/*
 * The packages as others get them: packed, installed into empty projects, and used in runtimes, in pages and through
 * bundlers. What each answers is held against the command line's answer.
 */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { build as esbuild } from 'esbuild';
import { ROOT } from '../support/fixtures.mjs';
import { launch, serve } from '../support/site.mjs';

const MADE = `${ROOT}build/package/`;
const FOLDER = `${ROOT}build/test/package/`;
const PROJECTS = `${ROOT}tests/package/projects/`;
const HERE = `${ROOT}tests/package/node_modules/`;
const PHOTO = `${ROOT}web/samples/ISIC_0025971.jpg`;
const WAIT = { timeout: 60_000 };

const packed = () => readdirSync(MADE).filter((name) => name.endsWith('.tgz'));
const run = (command, args, options = {}) =>
  spawnSync(command, args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, timeout: 120_000, ...options });

/** Of all times that a result holds: no two runs have the same. */
const timeless = ({ ms: _, file: __, ...rest }) => rest;
const asked = (...options) => {
  const args = ['classify', '--json', ...options, PHOTO];
  return timeless(JSON.parse(execFileSync(`${ROOT}build/lentigo`, args, { encoding: 'utf8', stdio: 'pipe' })));
};
const withoutLogits = ({ logits: _, ...rest }) => rest;
const same = (result, expected, what) => assert.deepEqual(withoutLogits(timeless(result)), expected, what);

/** Models as by other people: one that says all that TFLite Metadata can, and one that says nothing. */
const [DESCRIBED, UNSAID] = ['described', 'unsaid'].map((how) => `${ROOT}build/test/package-${how}.tflite`);
const NAMES = ['ape', 'bee', 'cat', 'dog', 'emu'];

/** The network computes in f32, in which each processor rounds in its own way. */
function alike(found, expected) {
  assert.deepEqual(Object.keys(found), Object.keys(expected));
  for (const [id, share] of Object.entries(expected))
    assert.ok(Math.abs(found[id] - share) < 1e-5, `${id}: ${found[id]}`);
}

/** What the command line says of the model that says nothing, told its classes and pixels. */
function statedNatively() {
  const names = `${FOLDER}names.txt`;
  writeFileSync(names, NAMES.join('\n'));
  return asked('--model', UNSAID, '--labels', names, '--range=-1,1', '--malignant', 'bee', '--malignant', 'emu');
}

/** A project of its own with both packages installed, and `files` of ours in it. */
function project(name, ...files) {
  const folder = `${FOLDER}${name}/`;
  cpSync(`${FOLDER}installed`, folder, { recursive: true });
  for (const file of files) cpSync(PROJECTS + file, folder + file);
  return folder;
}

let browser;

before(async () => {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(`${FOLDER}installed`, { recursive: true });
  writeFileSync(`${FOLDER}installed/package.json`, '{ "private": true, "type": "module" }');
  const files = packed().map((name) => MADE + name);
  execFileSync('npm', ['install', '--offline', '--ignore-scripts', '--no-audit', '--no-fund', '--silent', ...files], {
    cwd: `${FOLDER}installed`,
  });
  for (const [how, path] of [
    ['described', DESCRIBED],
    ['unsaid', UNSAID],
  ])
    execFileSync(`${ROOT}build/test/mkmodel`, [path, how]);
  browser = await launch();
});

after(() => browser?.close());

// ---- what is in them ----

const manifestOf = (name) => JSON.parse(readFileSync(`${MADE}${name}/package.json`, 'utf8'));

test('versions of engine, model and app are apart, and so are the licences', () => {
  const [engine, model] = ['lentigo', 'lentigo-model-lite0'].map(manifestOf);
  const [, version] = readFileSync(`${ROOT}src/lentigo.h`, 'utf8').match(/LT_VERSION +"([^"]+)"/);
  const { model: told } = asked();
  assert.deepEqual([engine.version, model.version], [version, told.version]);
  assert.deepEqual([engine.license, model.license], ['MIT', 'CC-BY-NC-4.0']);
  assert.ok(engine.lentigo.modelFormats.newest >= model.lentigo.modelFormat);
  assert.ok(!existsSync(`${FOLDER}installed/node_modules/lentigo/lesion.tflite`), 'the model is in the engine');
  const notices = readFileSync(`${FOLDER}installed/node_modules/lentigo/THIRD-PARTY.txt`, 'utf8');
  for (const part of ['xnnpack', 'libstb', 'yyjson', 'musl']) assert.ok(notices.includes(part), part);
});

test('every file is one that is meant to be there, and names no machine', () => {
  const folder = `${FOLDER}installed/node_modules/lentigo/`;
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  for (const entry of names) {
    assert.match(entry.name, /^([\w-]+\.(js|d\.ts|wasm)|package\.json|README\.md|LICENSE|THIRD-PARTY\.txt)$/);
    assert.ok(
      !readFileSync(join(entry.parentPath, entry.name)).includes(ROOT),
      `${entry.name} names the build's folder`,
    );
  }
  /* But for the glue of threads, by an address that it is given. */
  const worker = readFileSync(`${folder}worker.js`, 'utf8');
  assert.ok(!/\bimport\s*(\(\s*)?['"{*`]|\bfrom\s*["']/.test(worker), 'the worker imports something');
});

test('publint and attw find nothing', () => {
  for (const name of packed()) {
    const lint = run(process.execPath, [
      `${HERE}publint/src/cli.js`,
      'run',
      MADE + name,
      '--strict',
      '--pack',
      'false',
    ]);
    assert.equal(lint.status, 0, lint.stdout + lint.stderr);
    const types = run(process.execPath, [
      `${HERE}@arethetypeswrong/cli/dist/index.js`,
      MADE + name,
      ...[
        '--profile',
        'esm-only',
        '--exclude-entrypoints',
        'worker.js',
        'lentigo-threads.js',
        'lentigo-simd.wasm',
        'lentigo-relaxed.wasm',
        'lentigo-threads.wasm',
        'lentigo-wide.wasm',
        'lesion.tflite',
      ],
    ]);
    assert.equal(types.status, 0, types.stdout + types.stderr);
  }
});

test('the types hold for a program of others, with the types of a browser and without', () => {
  const folder = project('types', 'types.mts');
  const tsc = createRequire(`${ROOT}package.json`)
    .resolve('typescript/package.json')
    .replace('package.json', 'bin/tsc');
  const common = ['--noEmit', '--strict', '--target', 'es2022', '--types', ''];
  for (const resolution of [
    ['--module', 'nodenext'],
    ['--module', 'esnext', '--moduleResolution', 'bundler'],
  ])
    for (const lib of ['es2023,dom', 'es2023']) {
      const done = run(process.execPath, [tsc, ...common, ...resolution, '--lib', lib, 'types.mts'], { cwd: folder });
      assert.equal(done.status, 0, `${resolution} ${lib}: ${done.stdout}${done.stderr}`);
    }
});

// ---- runtimes ----

const RUNTIMES = {
  'Node 24': [`${ROOT}node_modules/.bin/node`],
  'the oldest Node here': ['node'],
  Deno: [
    `${HERE}@deno/linux-${process.arch === 'x64' ? 'x64' : 'arm64'}-glibc/deno`,
    'run',
    '--allow-read',
    '--no-lock',
  ],
  Bun: [`${HERE}@oven/bun-linux-${process.arch === 'x64' ? 'x64-baseline' : 'aarch64'}/bin/bun`, 'run'],
};

for (const [name, [command, ...args]] of Object.entries(RUNTIMES))
  test(`${name} answers as the command line does`, () => {
    const folder = project('runtime', 'runtime.mjs');
    const done = run(command, [...args, 'runtime.mjs', PHOTO, DESCRIBED, UNSAID], { cwd: folder });
    assert.equal(done.status, 0, done.stdout + done.stderr);
    assert.equal(done.stderr, '');
    const told = JSON.parse(done.stdout);
    same(told.result, asked(), 'default');
    same(told.uniform, asked('--prior', 'uniform'), 'uniform');
    same(told.again, asked('--views', '4'), 'four views, of another engine');
    assert.equal(told.version, manifestOf('lentigo').version);
    assert.equal(told.name, asked().model.name);
    assert.ok(told.square.side > 0 && told.square.side <= 1, 'a square');
    assert.equal(told.map.values.length, told.map.width * told.map.height);
    assert.deepEqual(told.aborted, ['none', 'stale', 'none']);
    assert.deepEqual(told.plain, { ...told.plain, width: 300, height: 200 });
    assert.equal(told.disposed, 'disposed');
    assert.equal(told.alive, told.result.label);
    assert.deepEqual(told.builds, [
      [told.kernels, 1],
      ['wide', 1],
    ]);
    alike(told.described, asked('--model', DESCRIBED).probabilities);
    const stated = statedNatively();
    alike(told.stated.probabilities, stated.probabilities);
    alike({ sum: told.stated.malignant }, { sum: stated.malignant });
    assert.deepEqual(told.unsaid, [['malignant'], []]);
    const argument = 'LT_ARGUMENT';
    assert.deepEqual(told.faults, {
      ...{ text: 'not-a-picture', empty: 'empty-file', cut: 'LT_IMAGE_FORMAT', nothing: argument, pixels: argument },
      ...{ region: argument, side: argument, views: argument, prior: argument, label: argument },
      ...{ model: 'LT_MODEL_FORMAT', address: 'network', noAddress: argument, wasm: 'engine-load' },
      ...{ threads: argument, marked: argument, pixels3: argument, said: argument, names: 'LT_MODEL_METADATA' },
    });
  });

// ---- pages ----

const STRICT = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');
const TRUSTED = `${STRICT}; require-trusted-types-for 'script'; trusted-types lentigo page`;

/** Serve a folder under a policy and open its page; what it says of the policy, and what goes wrong, fails the test. */
async function visit(t, folder, policy, isolation = {}) {
  const photo = readFileSync(PHOTO);
  const extra = {
    '/photo.jpg': photo,
    '/photo.webp': Buffer.from('RIFF    WEBP no picture'),
    '/other.tflite': readFileSync(DESCRIBED),
  };
  const site = await serve(folder, extra, { head: { 'Content-Security-Policy': policy, ...isolation } });
  const page = await browser.newPage();
  t.after(async () => {
    await page.close();
    await site.close();
  });
  const wrong = [];
  page.on('console', (message) => message.type() === 'error' && wrong.push(message.text()));
  page.on('pageerror', (error) => wrong.push(String(error)));
  await page.goto(`${site.url}/`);
  await page.waitForFunction(() => window.answer, WAIT);
  const answer = await page.evaluate(() => window.answer);
  assert.equal(answer.error, undefined, `${answer.error}\n${wrong.join('\n')}`);
  return { page, site, answer, wrong };
}

/** With these a page is cross-origin isolated: workers may share memory. */
const ISOLATED = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };

test('a plain page under a strict policy: every form of a photo, several engines, bytes alone', async (t) => {
  const folder = project('plain', 'plain.mjs', 'inner.mjs');
  writeFileSync(
    `${folder}index.html`,
    '<!doctype html><title>plain</title><script type="module" src="/plain.mjs"></script>',
  );
  const { answer, wrong, site } = await visit(t, folder, TRUSTED);
  const expected = asked();
  assert.equal(answer.isolated, false);
  for (const form of ['file', 'bytes', 'buffer']) same(answer[form], expected, form);
  const { pixels, ...forms } = answer.forms;
  for (const form of ['plain', 'bitmap', 'canvas', 'offscreen']) assert.deepEqual(forms[form], pixels, form);
  for (const [i, logit] of forms.frame.entries()) assert.ok(Math.abs(logit - pixels[i]) < 0.5, `frame: ${logit}`);
  assert.deepEqual(answer.moment, pixels, 'the moment of the call');
  assert.deepEqual(answer.kept, [600, 600, 600 * 450 * 4, readFileSync(PHOTO).length]);
  for (const { side } of answer.squares) assert.ok(side > 0 && side <= 1);
  assert.equal(answer.map.label, expected.label);
  assert.equal(answer.webp, 'not-a-picture');
  assert.deepEqual(answer.several, ['none', 'none', 'stale', 'none']);
  assert.deepEqual(answer.disposed, ['disposed', 'disposed']);
  assert.deepEqual(answer.bare, answer.file.logits);
  assert.deepEqual(answer.fetched, ['/node_modules/lentigo/worker.js']);
  same(answer.inner, expected, 'in a worker of the page');
  assert.deepEqual(answer.simd, { kernels: 'simd', logits: answer.file.logits });
  assert.deepEqual([answer.missing, answer.html], ['network', 'LT_MODEL_FORMAT']);
  /* The address that leads nowhere. */
  assert.deepEqual(
    wrong.filter((line) => !line.includes('404')),
    [],
  );
  assert.ok(!site.asked.some((line) => line.includes('threads')), 'threads were fetched');
});

/**
 * What came of page.mjs: a worker's answer, that of the thread, and the component's; then a model by other people. Nothing is
 * fetched that is not needed.
 */
function assertPage({ answer, wrong, site }, threads) {
  for (const [i, result] of answer.results.entries()) same(result, asked(), `result ${i}`);
  assert.deepEqual(answer.builds, [threads > 1 ? 'threads' : 'relaxed', 'relaxed', 'wide']);
  assert.deepEqual(answer.threads, [threads, 1, 1]);
  alike(answer.other, asked('--model', DESCRIBED).probabilities);
  if (threads === 1) assert.ok(!site.asked.some((line) => line.includes('threads')), 'threads were fetched');
  const [ofOther, ofOurs] = answer.sayings;
  for (const text of answer.sayings) assert.match(text, /not a medical device/i);
  assert.match(ofOurs, /Basal cell carcinoma.*Malignant kinds combined: \d/s);
  assert.match(ofOther, new RegExp(Object.keys(answer.other)[0]));
  assert.doesNotMatch(ofOther, /malignan|lesion|skin/i);
  assert.deepEqual(wrong, []);
}

test('through Vite', async (t) => {
  const root = project('vite', 'page.mjs', 'index.html');
  const { build } = await import(pathToFileURL(`${HERE}vite/dist/node/index.js`));
  await build({ root, base: './', logLevel: 'error', configFile: false });
  assertPage(await visit(t, `${root}dist`, STRICT), 1);
  assertPage(await visit(t, `${root}dist`, TRUSTED, ISOLATED), 2);
});

test('through webpack', async (t) => {
  const folder = project('webpack', 'page.mjs', 'index.html');
  const { default: webpack } = await import(pathToFileURL(`${HERE}webpack/lib/index.js`));
  const compiler = webpack({
    mode: 'production',
    context: folder,
    entry: './page.mjs',
    output: { path: `${folder}dist`, filename: 'page.mjs' },
  });
  const stats = await new Promise((resolve, reject) =>
    compiler.run((error, done) => (error ? reject(error) : resolve(done))),
  );
  assert.ok(!stats.hasErrors(), stats.toString());
  cpSync(`${folder}index.html`, `${folder}dist/index.html`);
  assertPage(await visit(t, `${folder}dist`, STRICT, ISOLATED), 2);
});

test('through esbuild, with its files copied as the README says', async (t) => {
  const folder = project('esbuild', 'page.mjs', 'index.html');
  await esbuild({
    absWorkingDir: folder,
    entryPoints: ['page.mjs'],
    outdir: `${folder}dist`,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    format: 'esm',
    logLevel: 'error',
  });
  const from = `${folder}node_modules/`;
  for (const file of [
    'lentigo/worker.js',
    'lentigo/lentigo-threads.js',
    ...['relaxed', 'simd', 'threads', 'wide'].map((build) => `lentigo/lentigo-${build}.wasm`),
    'lentigo-model-lite0/lesion.tflite',
  ])
    cpSync(from + file, `${folder}dist/${file.split('/')[1]}`);
  cpSync(`${folder}index.html`, `${folder}dist/index.html`);
  assertPage(await visit(t, `${folder}dist`, STRICT, ISOLATED), 2);
});
