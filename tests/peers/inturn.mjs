/* All runtimes in one page, in turn. */
import { setTimeout as wait } from 'node:timers/promises';
import { rounds } from './rounds.mjs';

const WARM_UP = rounds(40);
const ROUNDS = rounds(25);
const CALLS = 4;
/* ms before each turn: threads of the runtime before may look for work for a while, on the very processor that is needed. */
const REST = 50;
const PHOTO_ROUNDS = rounds(8);
const CENTRE = { x: 0.5, y: 0.5, side: 1 };
const CORNER = { x: 0.1, y: 0.1, side: 0.25 };
/* Of a probability, between runtimes: rounding in f32 and in kernels that scale otherwise. */
const NEAR = 0.05;

export const keyOf = ({ name, form, variant }) => `${name}, ${form}, ${variant.threads}`;

const order = (page, runtime, what) => page.evaluate((key, what) => window.order(key, what), keyOf(runtime), what);

/** A page with a worker of each runtime, that has answered once and has its pixels. */
export async function openAll(browser, site, runtimes, pixels) {
  const page = await browser.newPage();
  await page.goto(`${site.url}/`);
  for (const each of runtimes) {
    const { runtime, variant } = each;
    await page.evaluate((...all) => window.start(...all), keyOf(each), runtime, variant, '/peers/small.jpg');
    await order(page, each, { order: 'pixels', rgba: pixels });
  }
  return page;
}

/** f32 and int8 forms of the same weights have to give nearly the same probabilities. */
export async function compareAnswers(page, runtimes) {
  const answers = [];
  for (const each of runtimes) {
    const { result } = await order(page, each, { order: 'call', runs: 1 });
    answers.push({ key: keyOf(each), ours: each.ours, result });
  }
  const logits = answers.filter(({ ours }) => !ours);
  const own = answers.filter(({ ours }) => ours);
  for (const { key, result } of own) {
    const moved = Math.max(...result.map((value, i) => Math.abs(value - own[0].result[i])));
    if (moved !== 0) throw new Error(`${key} does not give the answer of ${own[0].key}`);
  }
  const [first] = logits.map(({ result }) => softmax(result));
  for (const { key, result } of logits) {
    const moved = Math.max(...softmax(result).map((value, i) => Math.abs(value - first[i])));
    if (!(moved <= NEAR)) throw new Error(`${key} moves a probability by ${moved}: these are not the same weights`);
  }
}

function softmax(logits) {
  const powers = logits.map((logit) => Math.exp(logit));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

/** ms of single calls, by runtime. */
export async function callsInTurn(page, runtimes) {
  const times = Object.fromEntries(runtimes.map((each) => [keyOf(each), []]));
  for (const each of runtimes) await order(page, each, { order: 'call', runs: WARM_UP });
  for (let round = 0; round < ROUNDS; round++)
    for (const each of runtimes) {
      await wait(REST);
      times[keyOf(each)].push(...(await order(page, each, { order: 'call', runs: CALLS })).times);
    }
  return times;
}

const photo = async (key, square, runs) => {
  const blob = await (await fetch('/peers/large.jpg')).blob();
  return window.order(key, { order: 'photo', blob, square, runs });
};

/** ms of a photo's whole way, its square in the centre and a smaller one in a corner, by runtime. */
export async function photosInTurn(page, runtimes) {
  const times = { centre: {}, corner: {} };
  for (let round = -1; round < PHOTO_ROUNDS; round++)
    for (const each of runtimes)
      for (const [where, square] of Object.entries({ centre: CENTRE, corner: CORNER })) {
        const key = keyOf(each);
        const { times: some } = await page.evaluate(photo, key, square, 2);
        if (round >= 0) times[where][key] = [...(times[where][key] ?? []), ...some];
      }
  return times;
}
