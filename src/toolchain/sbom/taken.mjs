/*
 * What the build took in, by its own records and not by what it was meant to: the bundler's metafile, the linkers' maps,
 * the compilers' lists of headers, and which libraries the objects of libdeps.a were compiled from.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { FILES, LIBRARIES } from './parts.mjs';

/** Headers that libs.mk lays out for the engine, by their path below `include/`. */
const LAID_OUT = {
  'xnnpack.h': 'xnnpack',
  'xnnpack-flags.h': 'xnnpack',
  xnnpack: 'xnnpack',
  'pthreadpool.h': 'pthreadpool',
  'fxdiv.h': 'fxdiv',
  'yyjson.h': 'yyjson',
  stb: 'libstb',
};

/** {object: [libraries]} of libdeps.a. */
function readOrigins(folder) {
  const origins = new Map();
  for (const line of readFileSync(join(folder, 'origins.txt'), 'utf8').trim().split('\n')) {
    const [object, ...libraries] = line.split(' ');
    origins.set(object, [...(origins.get(object) ?? []), ...libraries]);
  }
  return origins;
}

/** Whose a file of a compiler is. */
function ownersOf(path, emscripten) {
  const short = path.startsWith(`${emscripten}/`) ? `@${path.slice(emscripten.length)}` : path;
  const [, owners] = FILES.find(([pattern]) => pattern.test(short)) ?? [];
  if (!owners) throw new Error(`${path} is in the build, and src/toolchain/sbom/parts.mjs does not say whose it is`);
  return owners;
}

/** What is worth a line with its hash: libraries and objects as they are linked, and headers that only clang has. */
const LISTED = /\.(?:a|o|so[\d.]*)$|\/lib\/clang\//;

/** Collects {library or runtime: files of it}. */
class Owners extends Map {
  add(owners, file) {
    for (const owner of owners) {
      const files = this.get(owner) ?? new Set();
      if (file && LISTED.test(file)) files.add(file);
      this.set(owner, files);
    }
  }
}

/** Whose all that is which a map says was linked, `archive(member)` or an object; our own objects are left out. */
export function ownersInMap(map, { deps, emscripten }) {
  const origins = readOrigins(deps);
  const owners = new Owners();
  for (const file of new Set(map.match(/[^\s(]+\.a\([^)]+\)|(?<=^LOAD )\S+/gm))) {
    const [, archive, member] = file.match(/^(.+\.a)\((.+)\)$/) ?? [null, file];
    if (archive.startsWith('build/')) continue;
    if (archive !== join(deps, 'libdeps.a')) {
      const path = resolve(archive);
      owners.add(ownersOf(path, emscripten), path);
    } else if (member) {
      const known = origins.get(member);
      if (!known) throw new Error(`${member} is linked, and ${deps}/origins.txt does not say what it is made of`);
      owners.add(known);
    }
  }
  return owners;
}

/** Whose the headers are that our sources include, by the compiler's .d files. */
export function ownersInHeaders(lists, { deps, emscripten }) {
  const owners = new Owners();
  for (const path of new Set(lists.flatMap((list) => list.match(/(?<![^\s])\/[^\s:]+/g) ?? []))) {
    const inside = path.startsWith(`${deps}/include/`) ? path.slice(`${deps}/include/`.length).split('/')[0] : null;
    if (!inside) owners.add(ownersOf(path, emscripten), path);
    else if (LAID_OUT[inside]) owners.add([LAID_OUT[inside]]);
    else throw new Error(`${path} is included, and src/toolchain/sbom/taken.mjs does not say whose it is`);
  }
  return owners;
}

/**
 * The compiler's lists for the objects that a map names. Others are left over from sources that are gone; a map names a
 * member of an archive without its folder, so one that has moved is told by its source.
 */
function headerLists(folder, map, sources) {
  const linked = new Set(map.match(/[\w-]+\.o\b/g));
  const lists = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.d'));
  const wanted = lists.filter(
    (name) => linked.has(`${basename(name, '.d')}.o`) && existsSync(join(sources, name.replace(/d$/, 'c'))),
  );
  return wanted.map((name) => readFileSync(join(folder, name), 'utf8'));
}

/** {library or runtime: {builds that hold it, files of it}}; `deps`: the folder of the C libraries by build. */
export function takenByEngine(root, { deps, emscripten }) {
  const taken = new Map();
  for (const [build, folder] of Object.entries(deps)) {
    const native = build === 'native';
    const map = readFileSync(
      join(root, native ? 'build/native/lentigo.map' : `build/wasm/lentigo-${build}.map`),
      'utf8',
    );
    const headers = headerLists(
      join(root, native ? 'build/native/src' : `build/wasm/${build}/src`),
      map,
      join(root, 'src'),
    );
    const place = { deps: folder, emscripten };
    for (const [owner, files] of [...ownersInMap(map, place), ...ownersInHeaders(headers, place)]) {
      const { builds, files: known } = taken.get(owner) ?? { builds: new Set(), files: new Set() };
      builds.add(native ? 'command line' : `engine, ${build}`);
      taken.set(owner, { builds, files: new Set([...known, ...files]) });
    }
  }
  return taken;
}

/** Every library that is pinned has to be known, taken in or not. */
export function requireKnown(pins) {
  for (const { kind, name } of pins)
    if (kind === 'source' && !LIBRARIES[name]) throw new Error(`${name} is pinned, and parts.mjs does not know it`);
}

/** CycloneDX components of the Node packages in the bundles, and what they need of each other. */
export function takenByApp(root, metafile) {
  const command = join(root, 'node_modules/@cyclonedx/cyclonedx-esbuild/bin/cyclonedx-esbuild-cli.js');
  const options = ['--output-reproducible', '--spec-version', '1.6', '--output-file', '-', metafile];
  const quiet = { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 26 };
  return JSON.parse(execFileSync(process.execPath, [command, ...options], quiet));
}
