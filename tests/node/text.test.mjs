/* The texts: every language has every sentence, with the same places to fill in and the forms its numbers need. */
import assert from 'node:assert/strict';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { checkTexts, faultsOf, LATE, languagesIn, lessonsOf, messagesOf, textFiles } from '../../web/texts.mjs';
import { ROOT } from '../support/fixtures.mjs';

const SOURCES = fileURLToPath(new URL('../../web/src/', import.meta.url));
const TEXTS = fileURLToPath(new URL('../../web/texts/', import.meta.url));
const OTHERS = languagesIn().filter((language) => language !== 'en');

const mainForm = (message) => (typeof message === 'string' ? message : message.other);
const en = messagesOf('en');

/** All source files as one text. */
const sources = readdirSync(SOURCES, { recursive: true })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => readFileSync(SOURCES + name, 'utf8'))
  .join('\n');

test('the languages there are texts for are those of the app', () => {
  const [, list] = readFileSync(`${SOURCES}text/languages.ts`, 'utf8').match(/LANGUAGES = \[([^\]]*)\]/);
  assert.deepEqual([...list.matchAll(/'(\w+)'/g)].map(([, name]) => name).sort(), languagesIn());
});

test('every language has every sentence', () => {
  assert.deepEqual(faultsOf(), []);
  assert.ok(Object.keys(en).length > 300, `${Object.keys(en).length} sentences`);
});

/** What is said of a copy of the texts in which `change` has been made to one file. */
function faultsWith(file, change) {
  const folder = `${ROOT}build/test/texts/`;
  rmSync(folder, { recursive: true, force: true });
  cpSync(TEXTS, folder, { recursive: true });
  const content = JSON.parse(readFileSync(folder + file, 'utf8'));
  change(content);
  writeFileSync(folder + file, JSON.stringify(content));
  return () => checkTexts(folder);
}

const WRONG = [
  [
    'a sentence that is missing',
    (texts) => delete texts['history.import'],
    /de\/history\.json: history\.import is missing/,
  ],
  [
    'one that is no sentence',
    (texts) => (texts['history.import'] = 7),
    /de\/history\.json: history\.import is no text/,
  ],
  ['an empty one', (texts) => (texts['history.import'] = ' '), /de\/history\.json: history\.import is no text/],
  ['one that English has not', (texts) => (texts['history.more'] = 'mehr'), /history\.more is not in English/],
  ['a place that is missing', (texts) => (texts['entry.photo'] = 'Foto'), /entry\.photo lacks \{\{day\}\}/],
  [
    'a place of another name',
    (texts) => (texts['entry.photo'] += ' {{tag}}'),
    /entry\.photo has a \{\{tag\}\}, English none/,
  ],
  ['half a place', (texts) => (texts['entry.photo'] += ' {day}'), /entry\.photo has a brace/],
  ['a plural form that is missing', (texts) => delete texts['history.photos_one'], /history\.photos has no form _one/],
  [
    'one the language has not',
    (texts) => (texts['history.photos_few'] = '{{count}} Fotos'),
    /history\.photos has a form _few/,
  ],
  [
    'a form without its number',
    (texts) => (texts['history.photos_one'] = 'ein Foto'),
    /history\.photos _one lacks \{\{count\}\}/,
  ],
  [
    'forms where English has none',
    (texts) => (texts['lesion.save_other'] = 'x'),
    /lesion\.save is there with and without forms/,
  ],
];

for (const [what, change, said] of WRONG)
  test(`the build refuses texts with ${what}`, () => {
    assert.throws(faultsWith('de/history.json', change), said);
  });

test('a form of one number alone may be a word, one of many numbers not', () => {
  const without = (form) => (texts) => (texts[`history.photos_${form}`] = 'صور');
  assert.doesNotThrow(faultsWith('ar/history.json', without('two')));
  assert.throws(faultsWith('ar/history.json', without('few')), /history\.photos _few lacks \{\{count\}\}/);
});

test('the build refuses a key that is in two files', () => {
  const change = (texts) => {
    texts['history.import'] = 'Import from a file';
  };
  assert.throws(faultsWith('en/batch.json', change), /history\.import is also in/);
});

test('hardly a sentence is the English one', () => {
  const technical = [
    'perf.kernelsValue',
    'perf.routinesValue',
    'details.timesValue',
    'details.sizeValue',
    'report.shared',
    'app.title',
  ];
  for (const language of OTHERS) {
    const messages = messagesOf(language);
    const same = Object.keys(en).filter((key) => {
      const text = mainForm(en[key]);
      return text.split(' ').length > 2 && text === mainForm(messages[key]);
    });
    assert.deepEqual(
      same.filter((key) => !technical.includes(key)),
      [],
      language,
    );
  }
});

test('every sentence is used somewhere', () => {
  /* Keys put together at run time begin with one of these in the source: t(`fault.${code}`). */
  const made = [...sources.matchAll(/`([\w.-]+\.)?([\w]*)\$\{/g)]
    .map(([, path = '', start]) => path + start)
    .filter(Boolean);
  const unused = Object.keys(en).filter(
    (key) =>
      !sources.includes(`'${key}'`) && !sources.includes(`"${key}"`) && !made.some((start) => key.startsWith(start)),
  );
  assert.deepEqual(unused, []);
});

/** The sources that the page begins with: what main.tsx imports, and what that imports, by path. */
function firstSources() {
  const found = new Map();
  const visit = (path) => {
    if (found.has(path)) return;
    const source = readFileSync(path, 'utf8');
    found.set(path, source);
    for (const [, to] of source.matchAll(/^import\s+(?!type\s)(?:[^'";]*?from\s+)?'(\.[^']+)'/gm)) {
      const file = ['.ts', '.tsx'].map((end) => join(dirname(path), to) + end).find((name) => existsSync(name));
      if (file) visit(file);
    }
  };
  visit(`${SOURCES}main.tsx`);
  return found;
}

test('what the page begins with needs none of the texts that are fetched later', () => {
  const late = Object.keys(messagesOf('en', (file) => LATE.includes(file)));
  const first = firstSources();
  assert.ok(late.length > 100 && first.size > 60, `${late.length} late texts, ${first.size} first sources`);
  const wrong = [];
  /* What `ours` asks for is asked in other languages, whose texts all come at once. */
  const withoutOurs = (source) => source.replaceAll(/\bours\(`[^`]*`\)/g, '');
  for (const [path, source] of [...first].map(([name, text]) => [name, withoutOurs(text)]))
    for (const key of late) {
      const made = [...source.matchAll(/`([\w-]+\.[\w.-]*)\$\{/g)].some(([, start]) => key.startsWith(start));
      if (made || source.includes(`'${key}'`)) wrong.push(`${path.slice(SOURCES.length)}: ${key}`);
    }
  assert.deepEqual(wrong, []);
});

test('no page of a class repeats an English paragraph', () => {
  const english = lessonsOf('en');
  for (const language of OTHERS)
    for (const [id, parts] of Object.entries(lessonsOf(language)))
      for (const [part, paragraphs] of Object.entries(parts))
        for (const paragraph of paragraphs)
          assert.ok(!english[id][part].includes(paragraph), `${language} ${id}.${part}`);
});

/** What the page's formats make of a value, in English. */
const formats = async () => {
  const { outputFiles } = await build({
    entryPoints: [`${SOURCES}text/format.ts`],
    bundle: true,
    format: 'esm',
    write: false,
    plugins: [textFiles],
  });
  return import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);
};

test('sizes are in the unit that suits them, with a decimal where it tells something', async () => {
  const { bytes } = await formats();
  for (const [count, said] of [
    [0, '0 bytes'],
    [1, '1 byte'],
    [999, '999 bytes'],
    [41_234, '41 kB'],
    [999_400, '999 kB'],
    [999_600, '1.0 MB'],
    [4_123_456, '4.1 MB'],
    [412_345_678, '412 MB'],
    [10_742_200_000, '10.7 GB'],
  ])
    assert.equal(bytes(count), said);
});
