/*
 * The figures of `make bench`: sizes of dist/, the app as a person meets it, and the engine in Chromium beside the
 * native one. Each is printed with the limit it has to keep, where it has one; none fails, since machines differ.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { brotliCompressSync } from 'node:zlib';
import { COMMAND, ROOT } from '../support/fixtures.mjs';
import { ISOLATED, launch, serve } from '../support/site.mjs';
import { printApp } from './app.mjs';
import { drawPhoto } from './photo.mjs';
import { kib, mb, median, ms, print } from './print.mjs';

const COLD_STARTS = 7;
const FOLDER = `${ROOT}build/bench/`;

/** The photos of the native figures: kind and file of each. */
const LARGE = {
  JPEG: `${FOLDER}large.jpg`,
  'progressive JPEG': `${FOLDER}progressive.jpg`,
  'JPEG in Display P3': `${FOLDER}wide.jpg`,
  PNG: `${FOLDER}large.png`,
};

// ---- sizes ----

/** All files below dist/, by path. */
function siteFiles() {
  const names = readdirSync(`${ROOT}dist`, { recursive: true, withFileTypes: true });
  return names
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`)
    .map((path) => ({ path, bytes: readFileSync(path) }));
}

function printSizes() {
  const files = siteFiles();
  const brotli = (pattern) =>
    files
      .filter(({ path }) => pattern.test(path))
      .map(({ bytes }) => brotliCompressSync(bytes).length)
      .sort((a, b) => b - a);
  const scripts = brotli(/\.js$/).reduce((sum, size) => sum + size, 0);
  const [wasm] = brotli(/\.wasm$/);
  console.log('\nsizes');
  print('all JavaScript (screens, languages) and the larger .wasm, brotli', kib(scripts + wasm));
  print('the larger .wasm alone, brotli', kib(wasm));
}

/** What a first visit fetches, service worker and all, from a server that does not compress. */
async function printFirstLoad(browser) {
  const site = await serve(`${ROOT}dist`);
  const page = await browser.newPage();
  await page.goto(site.url, { waitUntil: 'networkidle0' });
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  const total = [...site.served.values()].reduce((sum, bytes) => sum + bytes, 0);
  print(`first load, ${site.served.size} files, not compressed`, mb(total), '5 MB');
  await page.close();
  await site.close();
}

// ---- the engine ----

async function visit(browser, url) {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  await page.goto(url);
  const figures = await page.evaluate(() => window.figures);
  await context.close();
  return figures;
}

async function measureBuild(browser, site, build) {
  const first = [];
  for (let i = 0; i < COLD_STARTS; i++) first.push((await visit(browser, `${site.url}/?build=${build}`)).first);
  const figures = await visit(browser, `${site.url}/?build=${build}&all`);
  return { ...figures, first: median(first) };
}

function printBuild(build, figures, inferenceLimit) {
  console.log(`\nChromium, ${build}`);
  print('inference', ms(figures.inference), inferenceLimit);
  print(`cold start to the first result, median of ${COLD_STARTS}`, ms(figures.first), '350 ms');
  print('WebAssembly heap after the model is loaded', mb(figures.heap), '16 MB');
  print('most bytes the engine held at once', mb(figures.peak));
  print(`12 MP JPEG from bytes to result, decoded at 1/${figures.scale}`, ms(figures.photo), '75 ms');
  print('the same, decoded in full', ms(figures.fullPhoto));
  print('largest difference of a probability between the two', figures.difference.toFixed(4));
}

/** The native figures, of a file each. */
function measureNative(photos) {
  const run = spawnSync(COMMAND, ['bench', '--json', '--runs', '15', ...photos], { encoding: 'utf8' });
  if (run.status !== 0) throw new Error(run.stderr);
  const [inference, ...lines] = run.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const of = photos.map((photo) => lines.filter(({ subject }) => subject === photo));
  return { inference: inference['inference ms'], photos: of.map(([way, ...squares]) => ({ way, squares })) };
}

/** Time and memory of squares of a photo, beside what is told of the memory beforehand. */
function printSquares(kind, { way, squares }) {
  print(`12 MP ${kind} from bytes to result`, ms(way['total ms']));
  for (const { side, ...of } of squares)
    print(
      `decoding ${side > 0 ? `a square of ${side} of its side` : 'the centre of it'}`,
      `${ms(of['decode ms'])}, ${of['over the centre'].toFixed(2)} of the centre's; ${of['told MB'].toFixed(1)} MB told, ${of['held MB'].toFixed(1)} held`,
    );
}

function printNative(native, kinds, builds) {
  console.log('\nnative, one thread');
  print('inference', ms(native.inference));
  native.photos.forEach((photo, i) => {
    printSquares(kinds[i], photo);
  });
  for (const [build, figures] of Object.entries(builds))
    print(`inference, Chromium ${build} over native`, (figures.inference / native.inference).toFixed(2));
}

function makeProgressive(photo, out) {
  const run = spawnSync(process.env.BENCH_PYTHON, [`${ROOT}tests/bench/progressive.py`, photo, out], {
    encoding: 'utf8',
  });
  if (run.status !== 0) throw new Error(run.stderr);
}

async function drawPhotos(browser) {
  const page = await browser.newPage();
  const small = await drawPhoto(page, 600, 450);
  const large = await drawPhoto(page, 4000, 3000);
  const wide = await drawPhoto(page, 4000, 3000, 'image/jpeg', 'display-p3');
  const png = await drawPhoto(page, 4000, 3000, 'image/png');
  await page.close();
  if (!wide.includes('ICC_PROFILE')) throw new Error('the browser puts no colour profile into a photo in Display P3');
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(`${FOLDER}small.jpg`, small);
  writeFileSync(LARGE.JPEG, large);
  writeFileSync(LARGE['JPEG in Display P3'], wide);
  writeFileSync(LARGE.PNG, png);
  makeProgressive(LARGE.JPEG, LARGE['progressive JPEG']);
  return { small, large };
}

async function main() {
  const browser = await launch();
  console.log(`${cpus()[0].model}, ${cpus().length} cores, ${await browser.version()}`);
  const { small, large } = await drawPhotos(browser);
  const routes = {
    '/': '<!doctype html><title>bench</title><script type="module" src="/tests/bench/page.mjs"></script>',
    '/bench/small.jpg': small,
    '/bench/large.jpg': large,
  };
  const site = await serve(ROOT, routes, { head: ISOLATED });
  printSizes();
  await printFirstLoad(browser);
  await printApp(browser, { '0.3 MP': `${FOLDER}small.jpg`, '12 MP': LARGE.JPEG });
  const relaxed = await measureBuild(browser, site, 'relaxed');
  printBuild('relaxed SIMD, one thread', relaxed, '10 ms');
  const simd = await measureBuild(browser, site, 'simd');
  printBuild('SIMD, one thread', simd, '18 ms');
  const threads = await measureBuild(browser, site, 'threads');
  printBuild('relaxed SIMD, two threads', threads);
  printNative(measureNative(Object.values(LARGE)), Object.keys(LARGE), { relaxed, simd, threads });
  console.log(`\nthe 12 MP JPEG has ${mb(large.length)}`);
  await browser.close();
  await site.close();
}

await main();
