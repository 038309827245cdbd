/**
 * The licences of all that is shipped: of the Node packages that are in the scripts, as the bundler says, of the C
 * libraries in the engine, as src/toolchain/pins.txt lists them, and of the photographs. A missing text stops the build.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PHOTOGRAPHS } from './draw/photographs.mjs';

/** Names of the packages whose files went into these bundles. */
function packagesIn(metafiles) {
  const inputs = metafiles.flatMap(({ inputs: files }) => Object.keys(files));
  const names = inputs.map((path) => path.match(/node_modules\/((?:@[^/]+\/)?[^/]+)\//)?.[1]);
  return [...new Set(names.filter(Boolean))].sort();
}

function licenceIn(folder, name) {
  const file = existsSync(folder) && readdirSync(folder).find((entry) => /^(licen[cs]e|copying)(\.|$)/i.test(entry));
  if (!file) throw new Error(`${name}: no licence in ${folder}`);
  return readFileSync(join(folder, file), 'utf8').trim();
}

function ofPackage(root, name) {
  const folder = join(root, 'node_modules', name);
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return { name, version, text: licenceIn(folder, name) };
}

function ofLibraries(root, sources) {
  const pins = readFileSync(join(root, 'src/toolchain/pins.txt'), 'utf8');
  return [...pins.matchAll(/^source +(\S+) +(\S+)/gm)].map(([, name, version]) => ({
    name,
    version,
    text: licenceIn(join(sources, name), name),
  }));
}

/** What the compiler itself puts into the engine; its package brings no text for it, so it is named here. */
function ofCompiler(root) {
  const pins = readFileSync(join(root, 'src/toolchain/pins.txt'), 'utf8');
  const [, version] = pins.match(/^deb +emscripten +(\S+)/m);
  const text =
    'The compiled engine holds parts of Emscripten (MIT licence, or University of Illinois/NCSA), of the C library ' +
    'musl (MIT licence) and of compiler-rt (Apache License 2.0 with LLVM exceptions).';
  return { name: 'emscripten', version, text };
}

/** The photographs to try the app with: those of each licence and credit. */
function ofPhotographs() {
  const owners = new Map();
  for (const { id, licence, credit } of PHOTOGRAPHS) {
    const words = `${licence}. ${credit}`;
    owners.set(words, [...(owners.get(words) ?? []), id]);
  }
  const text = [...owners].map(([words, ids]) => `${words}\n${ids.join(', ')}`).join('\n\n');
  return { name: 'photographs to try', version: '', text };
}

/** [{name, version, text}]; `sources` is the folder with the unpacked C libraries. */
export function gatherLicences(root, metafiles, sources) {
  return [
    ...ofLibraries(root, sources),
    ofCompiler(root),
    ofPhotographs(),
    ...packagesIn(metafiles).map((name) => ofPackage(root, name)),
  ];
}
