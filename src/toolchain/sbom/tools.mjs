/*
 * What the build is made with: compilers, bundler, what they run on. None of it is shipped as it is; what a compiler
 * leaves in its output is among the components (RUNTIMES in parts.mjs).
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
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

const LLVM_LICENCE = 'Apache-2.0 WITH LLVM-exception';

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

/** What Emscripten brings, by release: our own copy of it lacks the sources, which say so. */
const EMSCRIPTEN_PARTS = { '3.1.69': { musl: '1.2.5', llvm: '17.0.4' } };

function emscriptenParts(emscripten, version) {
  const sources = join(emscripten, 'system/lib');
  if (!existsSync(join(sources, 'libc/musl/VERSION'))) {
    const parts = EMSCRIPTEN_PARTS[version];
    if (!parts)
      throw new Error(`Emscripten ${version}: say in src/toolchain/sbom/tools.mjs which musl and LLVM it brings`);
    return parts;
  }
  const said = (path) => firstVersion(readFileSync(join(sources, path), 'utf8'));
  return { musl: said('libc/musl/VERSION'), llvm: said('compiler-rt/readme.txt') };
}

/** The compiler of the native build, and the GCC whose run-time parts any compiler of the machine links. */
function nativeCompiler(cc) {
  const isGcc = /Free Software Foundation/.test(said(cc, '--version'));
  const gcc = said(isGcc ? cc : 'gcc', '-dumpfullversion').trim();
  const compiler = isGcc
    ? program('gcc', cc, 'GPL-3.0-or-later', 'Free Software Foundation', gcc)
    : program('native-clang', cc, LLVM_LICENCE, 'LLVM project');
  return { gcc, compiler };
}

function llvmTools(emscripten) {
  const folder = said(join(emscripten, 'em-config'), 'LLVM_ROOT').trim();
  const tool = (name, command) => {
    const version = said(join(folder, command), '--version').match(/(?:LLD|version) (\d+(?:\.\d+)+)/)[1];
    return program(name, join(folder, command), LLVM_LICENCE, 'LLVM project', version);
  };
  return [tool('clang', 'clang'), tool('lld', 'wasm-ld'), tool('llvm-ar', 'llvm-ar')];
}

function binutils() {
  const version = said('ld', '--version')
    .split('\n')[0]
    .match(/[\d.]+$/)[0];
  return program('binutils', 'ld', 'GPL-3.0-or-later', 'Free Software Foundation', version);
}

/** {versions: of what RUNTIMES asks for, tools: components}. */
export function readTools({ root, emscripten, downloads, pins, cc }) {
  const version = firstVersion(readFileSync(join(emscripten, 'emscripten-version.txt'), 'utf8'));
  const [clang, ...llvm] = llvmTools(emscripten);
  const { gcc, compiler } = nativeCompiler(cc);
  const glibc = firstVersion(said('getconf', 'GNU_LIBC_VERSION'));
  const curl = firstVersion(said('curl-config', '--version'));
  const [, libsodium] = readFileSync('/usr/include/sodium/version.h', 'utf8').match(/VERSION_STRING "([\d.]+)"/);
  const parts = emscriptenParts(emscripten, version);
  const tools = [
    ...emscriptenTools(emscripten, pins, downloads, version),
    clang,
    ...llvm,
    compiler,
    binutils(),
    program('node', 'node', 'MIT', 'OpenJS Foundation'),
    program('python', 'python3', 'PSF-2.0', 'Python Software Foundation'),
    program('make', 'make', 'GPL-3.0-or-later', 'Free Software Foundation'),
    ...npmTools(root),
  ];
  return { versions: { emscripten: version, clang: clang.version, gcc, glibc, curl, libsodium, ...parts }, tools };
}
