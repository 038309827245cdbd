/* What `make install` puts somewhere is all that another program needs. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { after, test } from 'node:test';
import { COMMAND, ROOT } from '../support/fixtures.mjs';
import { jpeg } from '../support/jpeg.mjs';
import { drawLesion } from '../support/pictures.mjs';

const folder = mkdtempSync(`${tmpdir()}/lentigo-install-`);
after(() => rmSync(folder, { recursive: true }));

const PREFIX = `${folder}/usr`;
const photo = `${folder}/photo.jpg`;
writeFileSync(photo, jpeg(240, 180, drawLesion(240, 180)));

const { MAKEFLAGS: _, MAKELEVEL: __, ...environment } = process.env;
const options = { encoding: 'utf8', cwd: ROOT, env: { ...environment, PKG_CONFIG_PATH: `${PREFIX}/lib/pkgconfig` } };
const run = (command, ...args) => execFileSync(command, args, options);
const make = (...args) => run('make', '-s', ...args);

make('install', `PREFIX=${PREFIX}`);

const words = (text) => text.trim().split(/\s+/);
const flags = (...args) => words(run('pkg-config', ...args, 'lentigo'));
const functions = [...readFileSync(`${ROOT}src/lentigo.h`, 'utf8').matchAll(/^(?!static)[a-z].*[ *](lt_\w+)\(/gm)].map(
  (m) => m[1],
);

/** What the command line says of the photo, as the programs print it. */
function expected() {
  const [line] = run(COMMAND, 'classify', '--json', photo).split('\n');
  const { label, probabilities } = JSON.parse(line);
  return `${run('pkg-config', '--modversion', 'lentigo').trim()} ${label} ${probabilities[label].toFixed(4)}\n`;
}

const programs = {
  'C, shared': ['cc', '-std=c11', '-Wall', '-Wextra', '-Wpedantic', '-Werror', 'answer.c', 'shared'],
  'C, static': ['cc', '-std=c11', '-Wall', '-Wextra', '-Wpedantic', '-Werror', 'answer.c', 'static'],
  'C++, shared': ['c++', '-std=c++17', '-Wall', '-Wextra', '-Wpedantic', '-Werror', 'answer.cpp', 'shared'],
  'C++, static': ['c++', '-std=c++17', '-Wall', '-Wextra', '-Wpedantic', '-Werror', 'answer.cpp', 'static'],
};

for (const [name, [compiler, ...rest]] of Object.entries(programs))
  test(`a program in ${name}: built by the flags of pkg-config, it answers as the command does`, () => {
    const [file, linking] = rest.splice(-2);
    const program = `${folder}/answer`;
    const libraries =
      linking === 'static'
        ? ['-Wl,-Bstatic', '-llentigo', '-Wl,-Bdynamic', ...flags('--static', '--libs-only-other'), '-lm']
        : ['-llentigo'];
    const link = [...flags('--libs-only-L'), ...libraries, `-Wl,-rpath,${PREFIX}/lib`];
    run(compiler, ...rest, ...flags('--cflags'), '-o', program, `${ROOT}tests/install/${file}`, ...link);
    assert.equal(/liblentigo/.test(run('ldd', program)), linking === 'shared');
    assert.equal(run(program, `${PREFIX}/share/lentigo/lesion.tflite`, photo), expected());
    assert.equal(spawnSync(program, [photo, photo], options).status, 1);
  });

test('the libraries show the functions of the header and nothing else', () => {
  const named = (text) =>
    text
      .split('\n')
      .filter((line) => / [TDBRVW] /.test(line))
      .map((line) => line.split(' ').at(-1));
  assert.ok(functions.length > 25);
  const shared = named(run('nm', '-D', '--defined-only', `${PREFIX}/lib/liblentigo.so`));
  assert.deepEqual(shared.sort(), [...functions].sort());
  assert.deepEqual(
    named(run('nm', '-g', '--defined-only', `${PREFIX}/lib/liblentigo.a`)).sort(),
    [...functions].sort(),
  );
});

test('the installed command has its model, its manual page with every option, and completes', () => {
  const { LENTIGO_MODEL: ___, ...env } = options.env;
  const command = `${PREFIX}/bin/lentigo`;
  assert.equal(spawnSync(command, ['classify', photo], { env, cwd: '/' }).status, 0);
  const page = readFileSync(`${PREFIX}/share/man/man1/lentigo.1`, 'utf8').replaceAll('\\-', '-');
  const commands = [...run(command, 'help').matchAll(/^ {2}([a-z]+) /gm)].map((match) => match[1]);
  assert.ok(commands.includes('classify'));
  for (const name of commands.filter((other) => other !== 'help')) {
    assert.match(page, new RegExp(`\\b${name}\\b`));
    for (const [, option] of run(command, 'help', name).matchAll(/^ {2}(-[\w-]+) /gm))
      assert.ok(new RegExp(`${option}\\b`).test(page), `${option} is not in the manual page`);
  }
  assert.match(readFileSync(`${PREFIX}/share/bash-completion/completions/lentigo`, 'utf8'), /complete .* lentigo\n$/);
  assert.match(readFileSync(`${PREFIX}/share/zsh/site-functions/_lentigo`, 'utf8'), /^#compdef lentigo\n/);
});

test('the licences of all that is in the library are there', () => {
  const text = readFileSync(`${PREFIX}/share/doc/lentigo/LICENCES`, 'utf8');
  const pins = readFileSync(`${ROOT}src/toolchain/pins.txt`, 'utf8');
  for (const [, name, version] of pins.matchAll(/^source +(\S+) +(\S+)/gm))
    assert.ok(text.includes(`${name} ${version}\n\n`), name);
});

test('make uninstall leaves nothing behind; DESTDIR goes before PREFIX', () => {
  const filesIn = (place) =>
    readdirSync(place, { recursive: true, withFileTypes: true })
      .filter((entry) => !entry.isDirectory())
      .map((entry) => `${entry.parentPath}/${entry.name}`.slice(place.length));
  const stage = `${folder}/stage`;
  make('install', 'PREFIX=/usr', `DESTDIR=${stage}`);
  assert.deepEqual(filesIn(`${stage}/usr`).sort(), filesIn(PREFIX).sort());
  assert.match(readFileSync(`${stage}/usr/lib/pkgconfig/lentigo.pc`, 'utf8'), /^prefix=\/usr$/m);
  make('uninstall', 'PREFIX=/usr', `DESTDIR=${stage}`);
  assert.deepEqual(filesIn(stage), []);
  assert.equal(existsSync(`${stage}/usr/share/lentigo`), false);
});
