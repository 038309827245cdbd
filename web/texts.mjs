/**
 * The texts: `web/texts/LANGUAGE/SCREEN.json`, in the form that translators' tools know as i18next JSON v4. Keys are
 * flat; `{{name}}` is filled in by the app; `key_one`, `key_other` and so on are the forms of a text with a `{{count}}`,
 * by the plural categories of `Intl.PluralRules`.
 *
 * Here they are read, held against English, and made into what the app imports. `node web/texts.mjs FILE` does that
 * for all of them and writes their types to FILE; it fails with the file and the key of whatever is wrong.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const TEXTS = fileURLToPath(new URL('texts/', import.meta.url));
/** The language that all others are held against. */
const MODEL = 'en';
/** Files that are no part of the page's messages: each is fetched, or built in, by itself. */
const APART = ['lesson-pages', 'not-found', 'service-worker'];
/** Screens, and parts of these, that are fetched when they are opened: their English, too, is fetched with the first of them. */
export const LATE = [
  'batch',
  'camera',
  'crop',
  'evaluate',
  'history',
  'lessons',
  'model',
  'models',
  'privacy',
  'report',
  'save-form',
  'settings',
  'similar',
];
/** Of millions, which nothing in this app counts. */
const UNUSED_FORMS = { es: ['many'], fr: ['many'], pt: ['many'] };
/** Each of one number alone, for which the language has a word: these forms may leave {{count}} out. */
const SPELT_FORMS = { ar: ['zero', 'one', 'two'] };

const FORM = /^(.*)_(zero|one|two|few|many|other)$/;
const PLACE = /\{\{(\w+)\}\}/g;

const sorted = (names) => [...new Set(names)].sort();
const without = (names, others) => names.filter((name) => !others.includes(name));
const placesIn = (text) => sorted([...text.matchAll(PLACE)].map(([, name]) => name));
const formsOf = (message) => (typeof message === 'string' ? { other: message } : message);

export const languagesIn = (folder = TEXTS) =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();

/** One file as `{ key: text }`, and where a text has plural forms, `{ key: { one: text, other: text } }`. */
export function readFile(language, file, folder = TEXTS) {
  const path = `${language}/${file}.json`;
  const wrong = (what) => new Error(`web/texts/${path}: ${what}`);
  let content;
  try {
    content = JSON.parse(readFileSync(folder + path, 'utf8'));
  } catch (error) {
    throw wrong(error.message);
  }
  if (typeof content !== 'object' || content === null || Array.isArray(content)) throw wrong('is no object');
  const messages = {};
  for (const [key, text] of Object.entries(content)) {
    if (typeof text !== 'string' || text.trim() === '') throw wrong(`${key} is no text`);
    if (/[{}]/.test(text.replace(PLACE, ''))) throw wrong(`${key} has a brace that belongs to no {{name}}`);
    const [, base, form] = key.match(FORM) ?? [];
    if (base === undefined) messages[key] = text;
    else if (typeof messages[base] === 'string') throw wrong(`${base} is there with and without forms`);
    else messages[base] = { ...messages[base], [form]: text };
  }
  return messages;
}

/** All files of a language by their names. */
const readLanguage = (language, folder) =>
  Object.fromEntries(
    readdirSync(folder + language)
      .map((name) => basename(name, '.json'))
      .map((file) => [file, readFile(language, file, folder)]),
  );

/** What is wrong with one message of a language, held against the English one; null where nothing is. */
function faultOf(language, message, english) {
  const plural = typeof english !== 'string';
  if (plural !== (typeof message !== 'string'))
    return plural ? 'has no plural forms' : 'has plural forms, English none';
  const forms = formsOf(message);
  if (plural) {
    const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
    const needed = without(pluralCategories, UNUSED_FORMS[language] ?? []);
    const [missing] = without(needed, Object.keys(forms));
    if (missing) return `has no form _${missing}`;
    const [strange] = without(Object.keys(forms), pluralCategories);
    if (strange) return `has a form _${strange}, which the language has not`;
  }
  const expected = placesIn(formsOf(english).other ?? '');
  if (plural && !expected.includes('count')) return 'has plural forms and no {{count}}';
  for (const [form, text] of Object.entries(forms)) {
    const places = placesIn(text);
    const name = plural ? `_${form} ` : '';
    const spelt = plural && SPELT_FORMS[language]?.includes(form);
    const [missing] = without(expected, spelt ? [...places, 'count'] : places);
    if (missing) return `${name}lacks {{${missing}}}`;
    const [strange] = without(places, expected);
    if (strange) return `${name}has a {{${strange}}}, English none`;
  }
  return null;
}

/** Everything that is wrong with the texts, one line each. */
export function faultsOf(folder = TEXTS) {
  const faults = [];
  const english = readLanguage(MODEL, folder);
  const owners = new Map();
  for (const [file, messages] of Object.entries(english))
    for (const key of Object.keys(messages)) {
      if (owners.has(key)) faults.push(`${MODEL}/${file}.json: ${key} is also in ${owners.get(key)}.json`);
      owners.set(key, file);
    }
  for (const language of languagesIn(folder)) {
    const files = readLanguage(language, folder);
    for (const file of without(Object.keys(files), Object.keys(english)))
      faults.push(`${language}/${file}.json: not in English`);
    for (const [file, expected] of Object.entries(english)) {
      const messages = files[file];
      const fault = (key, what) => faults.push(`${language}/${file}.json: ${key} ${what}`);
      if (!messages) faults.push(`${language}/${file}.json is missing`);
      else {
        for (const key of without(Object.keys(expected), Object.keys(messages))) fault(key, 'is missing');
        for (const key of without(Object.keys(messages), Object.keys(expected))) fault(key, 'is not in English');
        for (const [key, message] of Object.entries(messages)) {
          const found = key in expected ? faultOf(language, message, expected[key]) : null;
          if (found) fault(key, found);
        }
      }
    }
  }
  return faults;
}

/** As the app fills them in: `{name}`, which is shorter. */
const compiled = (text) => text.replace(PLACE, '{$1}');
const compiledMessage = (message) =>
  typeof message === 'string'
    ? compiled(message)
    : Object.fromEntries(Object.entries(message).map(([form, text]) => [form, compiled(text)]));

const mapped = (object, change) =>
  Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]));

/** Messages of the page in a language, those of the files that `wanted` names: `{ 'batch.title': 'Many photos', … }`. */
export function messagesOf(language, wanted = () => true, folder = TEXTS) {
  const files = Object.entries(readLanguage(language, folder)).filter(
    ([file]) => !APART.includes(file) && wanted(file),
  );
  return mapped(Object.assign({}, ...files.map(([, messages]) => messages)), compiledMessage);
}

/** `mel.what.1`, `mel.what.2`, … as `{ mel: { what: […] } }`, paragraphs in their order. */
export function lessonsOf(language, folder = TEXTS) {
  const lessons = {};
  for (const [key, text] of Object.entries(readFile(language, 'lesson-pages', folder))) {
    const [id, part] = key.split('.');
    lessons[id] ??= {};
    lessons[id][part] = [...(lessons[id][part] ?? []), text];
  }
  return lessons;
}

/** One file in all languages: `{ en: { key: text }, … }`. */
export const inAllLanguages = (file, folder = TEXTS) =>
  Object.fromEntries(
    languagesIn(folder).map((language) => [language, mapped(readFile(language, file, folder), compiledMessage)]),
  );

/** For TypeScript: each key with the names it has to be given. */
function typesOf(folder = TEXTS) {
  const files = Object.entries(readLanguage(MODEL, folder)).filter(([file]) => !APART.includes(file));
  const messages = files.flatMap(([, file]) => Object.entries(file));
  const lines = messages.map(([key, message]) => {
    const places = placesIn(formsOf(message).other).map((name) => `'${name}'`);
    return `    '${key}': ${places.join(' | ') || 'never'};`;
  });
  const plural = messages.filter(([, message]) => typeof message !== 'string').map(([key]) => `\n    | '${key}'`);
  return `/** Written by web/texts.mjs. */
declare module 'texts/keys' {
  /** What is to be filled in, by the key of the text. */
  export interface Places {
${lines.join('\n')}
  }
  /** Texts whose form follows a number, \`count\`. */
  export type PluralKey =${plural.join('')};
}
`;
}

/** Throws where a text is wrong. */
export function checkTexts(folder = TEXTS) {
  const faults = faultsOf(folder);
  if (faults.length > 0) throw new Error(`web/texts:\n${faults.join('\n')}`);
}

/** What a module of that name exports. English is two: what the page begins with, and what its late screens need. */
function contentOf(name) {
  const [kind, part] = name.split('/');
  if (kind === 'lessons') return lessonsOf(part);
  if (APART.includes(kind)) return inAllLanguages(kind);
  if (kind !== MODEL) return messagesOf(kind);
  return messagesOf(kind, (file) => LATE.includes(file) === (part === 'late'));
}

/** For esbuild: what the app imports as `texts/…` (web/src/text/texts.d.ts). */
export const textFiles = {
  name: 'texts',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^texts\// }, ({ path }) => ({ path: path.slice('texts/'.length), namespace: 'texts' }));
    onLoad({ filter: /.*/, namespace: 'texts' }, ({ path }) => ({
      /* Not as JSON: of that each key would be exported by itself, too. */
      contents: `export default ${JSON.stringify(contentOf(path))}`,
      loader: 'js',
    }));
  },
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [file] = process.argv.slice(2);
  try {
    checkTexts();
  } catch ({ message }) {
    console.error(message);
    process.exit(1);
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, typesOf());
}
