/* SECURITY.md: every test that its table names is there, by that name. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { ROOT } from '../support/fixtures.mjs';

const HEAD = ['hazard', 'what stops it', 'shown by'];

/** What a test fills in is … in the table. */
const withoutPlaces = (title) => title.replace(/\$\{[^}]*\}/g, '…');

/** The names of the tests in a file, as their language writes them. */
function testsIn(path) {
  const text = readFileSync(ROOT + path, 'utf8');
  if (path.endsWith('.c')) return [...text.matchAll(/cmocka_unit_test\w*\(\s*(\w+)/g)].map(([, name]) => name);
  if (path.endsWith('.py')) return [...text.matchAll(/^def (test_\w+)/gm)].map(([, name]) => name);
  return [...text.matchAll(/\btest\(\s*(['"`])(.*?)\1\s*,/g)].map(([, , title]) => withoutPlaces(title));
}

/** [{hazard, stops, shown: [{path, title}]}] of the text of SECURITY.md. */
function hazardsIn(text) {
  const rows = text.match(/^\|.*\|$/gm).map((line) =>
    line
      .slice(1, -1)
      .split(' | ')
      .map((cell) => cell.trim()),
  );
  const begin = rows.findIndex((cells) => cells.join() === HEAD.join());
  const table = rows.slice(begin + 2).filter((cells) => cells.length === HEAD.length);
  return table.map(([hazard, stops, shown]) => ({
    hazard,
    stops,
    shown: shown.split('<br>').map((entry) => {
      const [, path, title] = entry.match(/^`([^`]+)`: "(.+)"$/) ?? assert.fail(`${hazard}: ${entry}`);
      return { path, title };
    }),
  }));
}

/** What a table says that is not so. */
function missingIn(hazards) {
  return hazards.flatMap(({ shown }) =>
    shown
      .filter(({ path, title }) => !existsSync(ROOT + path) || !testsIn(path).includes(title))
      .map(({ path, title }) => `${path}: ${title}`),
  );
}

const security = readFileSync(`${ROOT}SECURITY.md`, 'utf8');
const hazards = hazardsIn(security);

test('every test that the threat model names is there', () => {
  assert.ok(hazards.length >= 20, `${hazards.length} hazards`);
  assert.deepEqual(missingIn(hazards), []);
});

test('a test that was renamed or taken away is missed', () => {
  const [{ path, title }] = hazards[0].shown;
  const wrong = [
    { path, title: `${title}!` },
    { path: 'tests/node/nowhere.test.mjs', title },
  ];
  assert.equal(missingIn([{ shown: wrong }]).length, 2);
  assert.throws(
    () => hazardsIn(`| ${HEAD.join(' | ')} |\n| --- | --- | --- |\n| a | b | to be shown |\n`),
    /to be shown/,
  );
});

test('every hazard says what stops it', () => {
  for (const { hazard, stops } of hazards) assert.ok(hazard.startsWith('**') && stops.length > 10, hazard);
  assert.equal(new Set(hazards.map(({ hazard }) => hazard)).size, hazards.length);
});

test('it says how to report, without an address, and which versions are corrected', () => {
  assert.match(security, /private vulnerability reporting/);
  assert.doesNotMatch(security, /[\w.]+@[\w-]+\.\w/);
  const [shipped] = JSON.parse(readFileSync(`${ROOT}dist/catalog.json`, 'utf8')).models;
  assert.ok(security.includes(`| model | ${shipped.version} | yes |`), 'the shipped model is a supported one');
});
