/*
 * What the build is made with: compilers, bundler, what they run on. None of it is shipped as it is; what a compiler
 * leaves in its output is among the components (RUNTIMES in parts.mjs).
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { basename, delimiter, dirname, join } from 'node:path';
import { locked } from './pins.mjs';

const sha256 = (file) => ({ alg: 'SHA-256', content: createHash('sha256').update(readFileSync(file)).digest('hex') });
const firstVersion = (text) => text.match(/\d+\.\d+(?:\.\d+)*/)[0];

/** Where a command is, as the shell would find it. */
function find(command) {
  const places = command.includes('/') ? [command] : process.env.PATH.split(delimiter).map((dir) => join(dir, command));
  const found = places.find((place) => existsSync(place));
  if (!found) throw new Error(`the tool '${command}' is missing`);
  return realpathSync(found);
}

function said(command, ...options) {
  return execFileSync(command, options, { encoding: 'utf8' });
}

/** The version of a compiler and its like, and the hash of the program that says it. */
function program(name, command, licence, supplier, version = firstVersion(said(command, '--version').split('\n')[0])) {
  const hashes = [sha256(find(command))];
  return { type: 'application', name, version, licence, supplier, hashes, purl: `pkg:generic/${name}@${version}` };
}

/** A package of Debian that was fetched: the file that was, which may be newer than its pin (see pins.txt). */
function debian({ kind, name, version, architecture, sha256: pinned }, downloads, licence) {
  const files = existsSync(downloads) ? readdirSync(downloads) : [];
  const file =
    kind === 'runtime' ? files.find((entry) => entry.startsWith(`${name}_`) && entry.endsWith('.deb')) : null;
  const real = file ? decodeURIComponent(file.split('_')[1]) : version;
  const hashes = [file ? sha256(join(downloads, file)) : { alg: 'SHA-256', content: pinned }];
  const purl = `pkg:deb/debian/${name}@${encodeURIComponent(real)}?arch=${architecture}&distro=trixie`;
  return { type: 'application', name, version: real, licence, supplier: 'Debian', hashes, purl };
}

function fromNpm(root, name, alias = name) {
  const { version, licence, hashes } = locked(root, name);
  return {
    type: 'application',
    name: alias,
    version,
    licence,
    hashes,
    purl: `pkg:npm/${name.replace('@', '%40')}@${version}`,
  };
}

const DEBIAN_LICENCES = {
  emscripten: 'MIT OR NCSA',
  binaryen: 'Apache-2.0',
  'node-acorn': 'MIT',
  libc6: 'LGPL-2.1-or-later',
  'libgcc-s1': 'GPL-3.0-or-later WITH GCC-exception-3.1',
  'libstdc++6': 'GPL-3.0-or-later WITH GCC-exception-3.1',
};

/** Packages that build the app; the platform's own builds of two of them are packages apart. */
function npmTools(root) {
  const folders = { esbuild: '@esbuild', closure: '' };
  const esbuilds = readdirSync(join(root, 'node_modules', folders.esbuild)).map((name) => `@esbuild/${name}`);
  const closures = readdirSync(join(root, 'node_modules')).filter((name) => name.startsWith('google-closure-compiler'));
  const names = ['esbuild', ...esbuilds, ...closures, 'workbox-build', 'jpeg-js'];
  return names.sort().map((name) => fromNpm(root, name));
}

/** Emscripten from trixie's packages, or the one that was on PATH. */
function emscriptenTools(emscripten, pins, downloads, version) {
  if (dirname(downloads) === dirname(emscripten))
    return pins.filter(({ kind }) => kind !== 'source').map((pin) => debian(pin, downloads, DEBIAN_LICENCES[pin.name]));
  return [program('emscripten', join(emscripten, 'emcc.py'), 'MIT OR NCSA', 'Emscripten authors', version)];
}

const llvmFolder = (emscripten) =>
  readFileSync(join(emscripten, '.emscripten'), 'utf8').match(/^LLVM_ROOT = '(.*)'/m)?.[1] ?? '';

/** {versions: of what RUNTIMES asks for, tools: components}. */
export function readTools({ root, emscripten, downloads, pins, cc }) {
  const llvm = llvmFolder(emscripten);
  const LLVM = 'Apache-2.0 WITH LLVM-exception';
  const emscriptenVersion = firstVersion(readFileSync(join(emscripten, 'emscripten-version.txt'), 'utf8'));
  const clang = program('clang', join(llvm, 'clang'), LLVM, 'LLVM project');
  const gcc = program(
    basename(cc),
    cc,
    'GPL-3.0-or-later',
    'Free Software Foundation',
    said(cc, '-dumpfullversion').trim(),
  );
  const versions = {
    emscripten: emscriptenVersion,
    clang: clang.version,
    gcc: gcc.version,
    glibc: firstVersion(said('getconf', 'GNU_LIBC_VERSION')),
  };
  const tools = [
    ...emscriptenTools(emscripten, pins, downloads, emscriptenVersion),
    clang,
    program('lld', join(llvm, 'wasm-ld'), LLVM, 'LLVM project'),
    program(
      'llvm-ar',
      join(llvm, 'llvm-ar'),
      LLVM,
      'LLVM project',
      firstVersion(said(join(llvm, 'llvm-ar'), '--version').replace(/^.*?LLVM/s, '')),
    ),
    gcc,
    program(
      'binutils',
      'ld',
      'GPL-3.0-or-later',
      'Free Software Foundation',
      said('ld', '--version')
        .split('\n')[0]
        .match(/[\d.]+$/)[0],
    ),
    program('node', 'node', 'MIT', 'OpenJS Foundation'),
    program('python', 'python3', 'PSF-2.0', 'Python Software Foundation'),
    program('make', 'make', 'GPL-3.0-or-later', 'Free Software Foundation'),
    ...npmTools(root),
  ];
  return { versions, tools };
}
