/* The texts: every language has every sentence, with the same places to fill in and the forms its numbers need. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { ROOT } from '../support/fixtures.mjs';

const SOURCES = fileURLToPath(new URL('../../web/src/', import.meta.url));
const LANGUAGES = ['de', 'es', 'fr', 'pt', 'zh', 'ar'];

/** What a module of the app exports, by way of the app's own bundler. */
async function load(path) {
  const outfile = `${ROOT}build/test/text/${path.replaceAll('/', '-')}.mjs`;
  await build({ entryPoints: [SOURCES + path], outfile, bundle: true, format: 'esm', logLevel: 'error' });
  return import(outfile);
}

const formsOf = (message) => (typeof message === 'string' ? { other: message } : message);
const placesIn = (text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
const { en } = await load('text/en/index.ts');
const { LANGUAGES: known } = await load('text/languages.ts');

/** Every source file but the texts themselves. */
function sources() {
  const files = readdirSync(SOURCES, { recursive: true }).filter((name) => /\.tsx?$/.test(name));
  return files
    .filter((name) => !/^text\/(lessons\/)?\w\w\b/.test(name))
    .map((name) => readFileSync(SOURCES + name, 'utf8'));
}

test('the languages tested are those there are', () => {
  assert.deepEqual([...known].sort(), ['en', ...LANGUAGES].sort());
});

for (const language of LANGUAGES)
  test(`${language} has every sentence`, async () => {
    const { messages } = await load(`text/${language}/index.ts`);
    assert.deepEqual(Object.keys(messages).sort(), Object.keys(en).sort());
    const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
    /* In Spanish, French and Portuguese "many" is for millions, which nothing here counts. */
    const needed = pluralCategories.filter((form) => form !== 'many' || !['es', 'fr', 'pt'].includes(language));
    for (const [key, message] of Object.entries(messages)) {
      const forms = formsOf(message);
      const places = placesIn(formsOf(en[key]).other);
      for (const [form, text] of Object.entries(forms)) {
        assert.ok(text.trim() !== '', `${key}.${form} is empty`);
        assert.deepEqual(placesIn(text), places, `${key}.${form}`);
      }
      /* Where English has forms for a number, the language has all of its own. */
      if (typeof en[key] !== 'string')
        for (const form of needed) assert.ok(form in forms, `${key} has no form ${form}`);
    }
  });

test('hardly a sentence is the English one', async () => {
  for (const language of LANGUAGES) {
    const { messages } = await load(`text/${language}/index.ts`);
    const same = Object.keys(en).filter((key) => {
      const { other } = formsOf(en[key]);
      return other.split(' ').length > 2 && other === formsOf(messages[key]).other;
    });
    const technical = [
      'perf.kernelsValue',
      'perf.routinesValue',
      'details.timesValue',
      'details.sizeValue',
      'report.shared',
      'app.title',
    ];
    assert.deepEqual(
      same.filter((key) => !technical.includes(key)),
      [],
      language,
    );
  }
});

test('every sentence is used somewhere', () => {
  const all = sources().join('\n');
  /* Keys put together at run time begin with one of these in the source: t(`fault.${code}`). */
  const made = [...all.matchAll(/`([\w.-]+\.)?([\w]*)\$\{/g)]
    .map(([, path = '', start]) => path + start)
    .filter(Boolean);
  const unused = Object.keys(en).filter(
    (key) => !all.includes(`'${key}'`) && !all.includes(`"${key}"`) && !made.some((start) => key.startsWith(start)),
  );
  assert.deepEqual(unused, []);
});

test('every class has its page in every language, with as many parts', async () => {
  const { lessons: english } = await load('text/lessons/en.ts');
  for (const language of LANGUAGES) {
    const { lessons } = await load(`text/lessons/${language}.ts`);
    assert.deepEqual(Object.keys(lessons), Object.keys(english), language);
    for (const [id, parts] of Object.entries(english))
      for (const [part, paragraphs] of Object.entries(parts)) {
        assert.equal(lessons[id][part].length, paragraphs.length, `${language} ${id}.${part}`);
        for (const paragraph of lessons[id][part]) assert.ok(!paragraphs.includes(paragraph), `${language} ${id}`);
      }
  }
});
