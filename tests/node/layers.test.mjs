/*
 * Where the sources of web/src may import from, as web/README.md draws it. Circles between files are biome's business;
 * here it is arrows between folders.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const SOURCES = fileURLToPath(new URL('../../web/src/', import.meta.url));

/** What features share, each folder named for what it is. */
const COMMON = [
  'answer',
  'browser',
  'download',
  'engine',
  'install',
  'navigation',
  'photo',
  'preferences',
  'probe',
  'protocol',
  'text',
];
const WIDGETS = 'widgets';
const FEATURES = [
  'batch',
  'camera',
  'check',
  'history',
  'lessons',
  'model',
  'privacy',
  'report',
  'settings',
  'similar',
  'evaluate',
];
const AROUND = ['intake', 'offline'];
const FRAME = ['shell', 'screens', 'app', 'main', 'prerender'];
/** What all features together make: each may know of the whole, as a type. */
const CONTRACT = ['actions', 'screen', 'state'];
/** Scripts of their own, which no file of the page imports: the first script, and those of other threads. */
const WORKERS = {
  'first-script': ['lockdown'],
  lockdown: [],
  worker: ['probe', 'protocol'],
  'service-worker': ['protocol', 'text'],
};

/** Sources of the package that the app stands on: whatever of it is imported, it knows nothing of the app. */
const PACKAGE = 'package';

/** What leads out of web/src leads into the package. */
const roomOf = (path) => (path.startsWith('..') ? PACKAGE : path.split('/')[0].replace(/\.\w+$/, ''));

/** Every import from one room of web/src into another: who, from where, and whether it is only of types. */
function importsOf(path) {
  const text = readFileSync(join(SOURCES, path), 'utf8');
  const found = text.matchAll(
    /(?:^import\s+(type\s)?(?:[^'";]*?from\s+)?|^export\s[^'";]*?from\s+|import\()'(\.[^']+)'/gm,
  );
  return [...found]
    .map(([, type, to]) => ({ path, from: roomOf(path), to: roomOf(normalize(join(dirname(path), to))), type: !!type }))
    .filter(({ from, to }) => from !== to);
}

const files = readdirSync(SOURCES, { recursive: true }).filter((name) => /\.tsx?$/.test(name));
const imports = files.flatMap(importsOf);
const said = ({ path, to }) => `${path} -> ${to}`;
const none = (wrong) => assert.deepEqual(imports.filter(wrong).map(said), []);

test('every folder of the sources is known here', () => {
  const rooms = new Set(files.map(roomOf));
  const known = [...COMMON, WIDGETS, ...FEATURES, ...AROUND, ...FRAME, ...CONTRACT, ...Object.keys(WORKERS), 'store'];
  assert.deepEqual([...rooms].sort(), known.sort());
  assert.ok(imports.length > 500, `${imports.length} imports read`);
});

test('what features share imports no feature', () => {
  const above = [...FEATURES, ...AROUND, ...FRAME];
  none(({ from, to }) => [...COMMON, WIDGETS, 'store'].includes(from) && above.includes(to));
});

test('the frame is imported by the frame alone', () => {
  none(({ from, to }) => FRAME.includes(to) && !FRAME.includes(from));
});

test('state and actions of the whole page are known to features as types only', () => {
  none(({ from, to, type }) => CONTRACT.includes(to) && !type && !FRAME.includes(from) && !CONTRACT.includes(from));
});

test('workers import what needs no page, and no page imports them', () => {
  none(({ from, to }) => from in WORKERS && ![PACKAGE, ...WORKERS[from]].includes(to));
  none(({ from, to }) => to in WORKERS && !(from in WORKERS));
});

test('arrows between folders run in no circle', () => {
  const next = new Map();
  for (const { from, to } of imports)
    if (!CONTRACT.includes(from) && !CONTRACT.includes(to)) next.set(from, (next.get(from) ?? new Set()).add(to));
  const done = new Set();
  const visit = (room, way) => {
    assert.ok(!way.includes(room), [...way, room].join(' -> '));
    if (done.has(room)) return;
    for (const to of next.get(room) ?? []) visit(to, [...way, room]);
    done.add(room);
  };
  for (const room of next.keys()) visit(room, []);
});

/** Classes that have a rule of their own in a style sheet, `.name { … }`, outside of media queries. */
function styledIn(path) {
  const text = readFileSync(join(SOURCES, path), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
  const classes = new Set();
  let depth = 0;
  let start = 0;
  for (const { 0: brace, index } of text.matchAll(/[{}]/g)) {
    if (brace === '{' && depth++ === 0)
      for (const selector of text.slice(start, index).split(','))
        if (/^\s*\.[\w-]+\s*$/.test(selector)) classes.add(selector.trim());
    if (brace === '}') depth--;
    start = index + 1;
  }
  return classes;
}

test('no class has rules of its own in two style sheets: one feature would restyle another', () => {
  const sheets = readdirSync(SOURCES, { recursive: true }).filter((name) => name.endsWith('.css'));
  const owners = new Map();
  for (const sheet of sheets)
    for (const name of styledIn(sheet)) owners.set(name, [...(owners.get(name) ?? []), sheet]);
  assert.ok(owners.size > 150, `${owners.size} classes`);
  assert.deepEqual(
    [...owners].filter(([, where]) => where.length > 1),
    [],
  );
});
