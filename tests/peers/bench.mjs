/* `make bench-peers`: this engine beside other runtimes. README.md here says how; the tables go there and into the README. */
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { build } from 'esbuild';
import { drawPhoto } from '../bench/photo.mjs';
import { ROOT } from '../support/fixtures.mjs';
import { ISOLATED, launch, serve } from '../support/site.mjs';
import { coldStarts } from './cold.mjs';
import { callsInTurn, compareAnswers, openAll, photosInTurn } from './inturn.mjs';
import { nativeInTurn } from './native.mjs';
import { RUNTIMES } from './runtimes.mjs';
import { writeTables } from './tables.mjs';

const HERE = `${ROOT}tests/peers/`;
const FOLDER = `${ROOT}build/peers/`;
const PAGE =
  '<!doctype html><title>peers</title><link rel="icon" href="data:,"><script type="module" src="/tests/peers/page.mjs"></script>';
const BUSY = 'for (;;);';

/** Each runtime's worker as one classic script: those that load their files by importScripts need it to be one. */
const bundle = () =>
  build({
    entryPoints: readdirSync(`${HERE}runtimes`).map((file) => `${HERE}runtimes/${file}`),
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'chrome120',
    outdir: `${FOLDER}runtimes`,
    logLevel: 'warning',
    define: { 'import.meta.url': 'self.location.href' },
  });

async function drawPhotos() {
  const browser = await launch();
  const page = await browser.newPage();
  const photos = { small: await drawPhoto(page, 600, 450), large: await drawPhoto(page, 4000, 3000) };
  await browser.close();
  return photos;
}

/** Runs in a page: a picture's pixels at the network's size. */
async function readPixels(path, { width, height }) {
  const bitmap = await createImageBitmap(await (await fetch(path)).blob());
  const context = new OffscreenCanvas(width, height).getContext('2d');
  context.drawImage(bitmap, 0, 0, width, height);
  return Array.from(context.getImageData(0, 0, width, height).data);
}

/** The drawn photo as [height, width, 4] u8; of noise, measures of quality would take longer than of any photo. */
async function drawPixels(site, size) {
  const browser = await launch();
  const page = await browser.newPage();
  await page.goto(`${site.url}/`);
  const pixels = await page.evaluate(readPixels, '/peers/small.jpg', size);
  await browser.close();
  return pixels;
}

async function whileBusy(work) {
  const other = spawn(process.execPath, ['-e', BUSY]);
  const figures = await work();
  other.kill();
  return figures;
}

async function measureInPage(site, pixels) {
  const browser = await launch();
  const version = await browser.version();
  const page = await openAll(browser, site, RUNTIMES, pixels);
  await compareAnswers(page, RUNTIMES);
  console.log('calls');
  const calls = await callsInTurn(page, RUNTIMES);
  console.log('photos');
  const photos = await photosInTurn(
    page,
    RUNTIMES.filter(({ cold }) => cold),
  );
  console.log('two threads, one core busy');
  const busy = await whileBusy(() =>
    callsInTurn(
      page,
      RUNTIMES.filter(({ variant }) => variant.threads > 1),
    ),
  );
  await browser.close();
  return { version, calls, photos, busy };
}

async function main() {
  mkdirSync(FOLDER, { recursive: true });
  const load = loadavg()[0];
  await bundle();
  const { small, large } = await drawPhotos();
  const site = await serve(
    ROOT,
    { '/': PAGE, '/peers/small.jpg': small, '/peers/large.jpg': large },
    { head: ISOLATED },
  );
  const pixels = await drawPixels(site, JSON.parse(readFileSync(`${FOLDER}models/about.json`, 'utf8')));
  const inPage = await measureInPage(site, pixels);
  console.log('cold starts');
  const cold = await coldStarts(
    site,
    RUNTIMES.filter((runtime) => runtime.cold),
  );
  await site.close();
  console.log('natively');
  const native = await nativeInTurn(pixels);
  const machine = { processor: cpus()[0].model, cores: cpus().length, load };
  const figures = { machine, ...inPage, cold, native };
  writeFileSync(`${FOLDER}figures.json`, JSON.stringify(figures, null, 1));
  writeTables(figures, process.argv.includes('--write'));
}

await main();
