/* The figures as Markdown: a short table for the project's README, all of them for the one here. */
import { readFileSync, writeFileSync } from 'node:fs';
import { ROOT } from '../support/fixtures.mjs';
import { keyOf } from './inturn.mjs';
import { RUNTIMES } from './runtimes.mjs';

const sorted = (values) => values.toSorted((a, b) => a - b);
const median = (values) => sorted(values)[values.length >> 1];
const least = (values) => sorted(values)[0];

const ms = (value) => value.toFixed(value < 100 ? 1 : 0);
const UNITS = {
  ms: (values) => `${ms(median(values))} / ${ms(least(values))} ms`,
  kib: ([bytes]) => `${Math.round(bytes / 1024)} KiB`,
  mb: (values) => `${(median(values) / 1e6).toFixed(1)} MB`,
};

const ratio = (ours, other, of) => (of(ours) / of(other)).toFixed(2);

const isOurs = (key) => key.startsWith('Lentigo');

const pick = (times, keep) => Object.fromEntries(Object.entries(times).filter(([key]) => keep(key)));

/** The keys in `times` of runtimes that `keep` takes. */
const keysOf = (keep) => new Set(RUNTIMES.filter(keep).map(keyOf));

/** Every figure: its name, its unit, and the values by runtime. */
function figuresOf({ calls, busy, photos, cold, native }) {
  const [one, plain, two] = [
    ({ variant, plain, ours }) => variant.threads === 1 && !(ours && plain),
    ({ variant, plain }) => variant.threads === 1 && plain,
    ({ variant }) => variant.threads === 2,
  ].map(keysOf);
  const colds = (field) =>
    Object.fromEntries(Object.entries(cold).map(([key, figure]) => [key, [figure[field]].flat()]));
  return [
    { name: 'a call, one thread, any SIMD', unit: 'ms', values: pick(calls, (key) => one.has(key)) },
    { name: 'a call, one thread, plain SIMD', unit: 'ms', values: pick(calls, (key) => plain.has(key)) },
    { name: 'a call, two threads', unit: 'ms', values: pick(calls, (key) => two.has(key)) },
    { name: 'the same, one core busy', unit: 'ms', values: busy },
    { name: 'natively, one thread', unit: 'ms', values: pick(native, (key) => key.endsWith(', 1')) },
    { name: 'natively, two threads', unit: 'ms', values: pick(native, (key) => key.endsWith(', 2')) },
    { name: 'cold start to the first answer', unit: 'ms', values: colds('first') },
    { name: '12-megapixel JPEG to its answer', unit: 'ms', values: photos.centre },
    { name: 'a square of 0.25 in its corner', unit: 'ms', values: photos.corner },
    { name: 'engine with its glue, brotli', unit: 'kib', values: colds('size') },
    { name: 'memory over a blank page', unit: 'mb', values: colds('memory') },
  ];
}

/** [key, values], the best first. */
const ranked = (values) => Object.entries(values).sort(([, a], [, b]) => median(a) - median(b));

function compared({ name, unit, values }) {
  const [, ours] = ranked(values).find(([key]) => isOurs(key));
  const [peer, best] = ranked(values).find(([key]) => !isOurs(key));
  const ratios =
    unit === 'ms' ? `${ratio(ours, best, median)} / ${ratio(ours, best, least)}` : ratio(ours, best, median);
  return `| ${name} | ${UNITS[unit](ours)} | ${UNITS[unit](best)} (${peer.split(',')[0]}) | ${ratios} |`;
}

const short = (figures) =>
  ['| figure | Lentigo | best of the others | ratio |', '| --- | ---: | ---: | ---: |', ...figures.map(compared)].join(
    '\n',
  );

function long({ name, unit, values }) {
  const [, ours] = ranked(values).find(([key]) => isOurs(key));
  const rows = ranked(values).map(
    ([key, own]) => `| ${key.replace(/, \d$/, '')} | ${UNITS[unit](own)} | ${ratio(ours, own, median)} |`,
  );
  return [`| ${name} | | ours to it |`, '| --- | ---: | ---: |', ...rows].join('\n');
}

function versions() {
  const { devDependencies } = JSON.parse(readFileSync(`${ROOT}tests/peers/package.json`, 'utf8'));
  const pins = readFileSync(`${ROOT}tests/peers/requirements.in`, 'utf8').matchAll(/^([\w-]+)==([\d.]+)/gm);
  const all = [...Object.entries(devDependencies), ...[...pins].map(([, name, version]) => [name, version])];
  return all.map(([name, version]) => `${name} ${version}`).join(', ');
}

/** Put `text` between the marks of a file. */
function replace(path, mark, text) {
  const old = readFileSync(path, 'utf8');
  const [before, rest] = old.split(`<!-- ${mark} -->\n`);
  const [, after] = rest.split(`<!-- /${mark} -->`);
  writeFileSync(path, `${before}<!-- ${mark} -->\n${text}\n<!-- /${mark} -->${after}`);
}

/** Print the tables; `write`: and put them where they are read. */
export function writeTables(measured, write) {
  const { machine, version } = measured;
  const figures = figuresOf(measured);
  const taken = `${machine.processor}, ${machine.cores} cores, ${version}; ${versions()}.`;
  const summary = short(figures);
  const all = [taken, ...figures.map(long)].join('\n\n');
  console.log(`\n${summary}\n\n${all}\n\nload of the machine before: ${machine.load.toFixed(1)}`);
  if (!write) return;
  replace(`${ROOT}README.md`, 'peers', summary);
  replace(`${ROOT}tests/peers/README.md`, 'figures', all);
}
