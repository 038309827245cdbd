/* Similar pictures beside an answer: fetched when asked for, there without a network, the command line's. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  answered,
  assertAccessible,
  choose,
  copySite,
  DIST,
  focused,
  looking,
  offlineReady,
  open,
  SAMPLE,
  tap,
  text,
  WAIT,
  withBrowser,
} from '../support/app.mjs';
import { changeBuilt } from '../support/catalog.mjs';
import { COMMAND, ROOT } from '../support/fixtures.mjs';

withBrowser();

const ATLAS = `${ROOT}model/lesion.atlas`;

async function showAnswer(page) {
  await choose(page, SAMPLE);
  await answered(page);
  await page.waitForSelector('.similar-open', WAIT);
}

const found = (page) => page.waitForSelector('.similar[data-phase=found] .similar-lesion', WAIT);
const ids = (page) => page.$$eval('.similar-credit p', (all) => all.map((one) => one.textContent.split(',')[0]));

/** What the command line finds for the same photo. */
function byCommand() {
  const run = execFileSync(COMMAND, ['classify', '--json', '--similar', ATLAS, SAMPLE], { encoding: 'utf8' });
  return JSON.parse(run).similar;
}

test('six similar lesions, those of the command line, with credit on each, also without a network', async (t) => {
  const { site, page } = await open(t, DIST, { prepare: looking({}) });
  await offlineReady(page);
  await showAnswer(page);
  assert.deepEqual(
    site.asked.filter((request) => request.endsWith('.atlas')),
    [],
  );
  await tap(page, '.similar-open');
  await found(page);
  const expected = byCommand();
  assert.deepEqual(
    await ids(page),
    expected.map(({ id }) => id),
  );
  assert.deepEqual(
    await page.$$eval('.similar-lesion', (all) => all.map(({ dataset }) => dataset.label)),
    expected.map(({ label }) => label),
  );
  for (const [i, credit] of (
    await page.$$eval('.similar-credit p', (all) => all.map((one) => one.textContent))
  ).entries())
    for (const part of ['attribution', 'licence', 'source', 'where'])
      assert.ok(credit.includes(expected[i][part]), part);
  const sizes = await page.$$eval('img.similar-picture', (all) =>
    Promise.all(all.map((image) => image.decode().then(() => [image.naturalWidth, image.naturalHeight]))),
  );
  assert.deepEqual(sizes, Array(6).fill([160, 160]));
  assert.match(await text(page, '.similar'), /proves nothing/);
  await focused(page, '.similar *');
  await assertAccessible(page, 'similar');

  await page.setOfflineMode(true);
  await page.reload();
  await showAnswer(page);
  await tap(page, '.similar-open');
  await found(page);
  assert.deepEqual(
    await ids(page),
    expected.map(({ id }) => id),
  );
});

/** A copy of the site in which the atlas is another file than the build says, or the build says another. */
function siteWithAtlas(name, change) {
  const folder = copySite(name);
  changeBuilt(folder, (built) => {
    change(built.model, folder);
    return built;
  });
  return folder;
}

function ofAnotherNetwork(entry, folder) {
  const bytes = Buffer.from(readFileSync(ATLAS));
  bytes[16] ^= 1; // of the key
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  entry.atlas = { sha256, bytes: bytes.length, url: `model/${sha256}.atlas` };
  writeFileSync(`${folder}/${entry.atlas.url}`, bytes);
}

function spoilt(entry, folder) {
  const bytes = Buffer.from(readFileSync(ATLAS));
  bytes[bytes.length - 1] ^= 1;
  writeFileSync(`${folder}/${entry.atlas.url}`, bytes);
}

function missing(entry) {
  delete entry.atlas;
}

const WRONG = [
  ['of another network', ofAnotherNetwork, 'study', /key: it belongs to network/],
  ['that is not the one announced', spoilt, 'hash', /SHA-256/],
  ['that the site does not have', missing, 'atlas-none', /^[0-9a-f]{64}$/],
];

for (const [what, change, code, detail] of WRONG)
  test(`an atlas ${what} is refused by name, and the answer stays`, async (t) => {
    const { page } = await open(t, siteWithAtlas('atlas', change));
    await showAnswer(page);
    await tap(page, '.similar-open');
    await page.waitForSelector(`.similar [data-fault=${code}]`, WAIT);
    assert.match(await text(page, '.similar .notice-detail'), detail);
    assert.ok(await page.$('.verdict, .bars'));
  });

test('the shipped atlas belongs to the shipped model, and is not more than 2 MB', () => {
  assert.equal(byCommand().length, 6);
  const [file] = readdirSync(`${DIST}/model`).filter((name) => name.endsWith('.atlas'));
  const bytes = readFileSync(`${DIST}/model/${file}`);
  assert.equal(file, `${createHash('sha256').update(bytes).digest('hex')}.atlas`);
  assert.ok(bytes.length <= 2_000_000, `${bytes.length} bytes`);
});
