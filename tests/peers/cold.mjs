/* Cold starts in fresh profiles; what they fetch, and how much memory is held after them. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { brotliCompress } from 'node:zlib';
import { ROOT } from '../support/fixtures.mjs';
import { launch } from '../support/site.mjs';
import { keyOf } from './inturn.mjs';
import { rounds } from './rounds.mjs';

const ROUNDS = rounds(7);
/* Until a browser that has just started has settled. */
const SETTLE = 1000;
/* What all have in common, or what is no part of a runtime. */
const APART = /^\/$|^\/tests\/peers\/page\.mjs$|\.jpg$|^\/model\/|^\/build\/peers\/models\//;
const compress = promisify(brotliCompress);

/** Processes below `pid` that draw pages. */
function renderers(pid) {
  const rows = execFileSync('ps', ['-e', '-o', 'pid=,ppid=,args='], { encoding: 'utf8', maxBuffer: 1 << 26 })
    .split('\n')
    .map((line) => line.match(/^\s*(\d+)\s+(\d+)\s(.*)$/))
    .filter(Boolean)
    .map(([, own, parent, args]) => ({ own: Number(own), parent: Number(parent), args }));
  const below = new Set([pid]);
  for (let size = 0; size !== below.size; ) {
    size = below.size;
    for (const { own, parent } of rows) if (below.has(parent)) below.add(own);
  }
  return rows.filter(({ own, args }) => below.has(own) && args.includes('--type=renderer')).map(({ own }) => own);
}

/** Bytes that the browser's pages hold and share with nobody. */
function privateBytes(browser) {
  const sizes = renderers(browser.process().pid).flatMap((pid) =>
    [...readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8').matchAll(/^Private_(?:Clean|Dirty):\s+(\d+) kB/gm)].map(
      ([, kilobytes]) => 1024 * Number(kilobytes),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** One visit by a browser of its own; `runtime` may be none, for a blank page. */
async function visit(site, runtime) {
  const browser = await launch(['--js-flags=--expose-gc']);
  const page = await browser.newPage();
  await wait(SETTLE);
  site.served.clear();
  const query =
    runtime &&
    new URLSearchParams({
      runtime: runtime.runtime,
      variant: JSON.stringify(runtime.variant),
      photo: '/peers/small.jpg',
    });
  await page.goto(query ? `${site.url}/?${query}` : `${site.url}/`);
  const { first } = query ? await page.evaluate(() => window.first) : { first: 0 };
  await page.evaluate(async (name) => {
    gc();
    if (name) await window.order(name, { order: 'collect' });
  }, runtime?.runtime);
  await wait(SETTLE);
  const memory = privateBytes(browser);
  const fetched = [...site.served.keys()].filter((path) => !APART.test(path));
  await browser.close();
  return { first, memory, fetched };
}

async function compressedSize(paths) {
  const sizes = await Promise.all(paths.map(async (path) => (await compress(readFileSync(`${ROOT}${path}`))).length));
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** By runtime: first: ms to the first answer, memory: bytes over a blank page, one of each a visit; size: bytes. */
export async function coldStarts(site, runtimes) {
  const figures = Object.fromEntries(runtimes.map((each) => [keyOf(each), { first: [], memory: [], size: 0 }]));
  for (let round = 0; round < ROUNDS; round++) {
    const blank = (await visit(site)).memory;
    for (const each of runtimes) {
      const { first, memory, fetched } = await visit(site, each);
      const figure = figures[keyOf(each)];
      figure.first.push(first);
      figure.memory.push(memory - blank);
      if (figure.size === 0) figure.size = await compressedSize(fetched);
    }
  }
  return figures;
}
