/* What the project is built of: everything fetched is checked against a hash, and what is made knows no machine. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { ROOT } from '../support/fixtures.mjs';

const FOLDER = `${ROOT}build/test/supply/`;
const read = (path) => readFileSync(ROOT + path, 'utf8');

/** Let the set-up check a file that is there under the name of a pin. */
function checkDownload(name, content) {
  mkdirSync(FOLDER, { recursive: true });
  const file = `${FOLDER}${name}_1.0.orig.tar.gz`;
  writeFileSync(file, content);
  const script = `
import hashlib, sys
from pathlib import Path
sys.path.insert(0, "src/toolchain")
from archive import check
from common import Pin
check(Pin("source", "${name}", "1.0", "any", hashlib.sha256(b"as pinned").hexdigest()), Path(sys.argv[1]), "")
`;
  const done = spawnSync('python3', ['-c', script, FOLDER], { cwd: ROOT, encoding: 'utf8' });
  return { ...done, kept: existsSync(file) };
}

test('a fetched file that is not the pinned one stops the set-up and is deleted', () => {
  const good = checkDownload('good', 'as pinned');
  assert.deepEqual([good.status, good.kept], [0, true], good.stderr);
  const bad = checkDownload('bad', 'something else');
  assert.match(bad.stderr, /wrong checksum/);
  assert.deepEqual([bad.status, bad.kept], [1, false]);
});

test('every pin, Node package and Python package has a hash', () => {
  const pins = read('src/toolchain/pins.txt')
    .split('\n')
    .filter((line) => line && !line.startsWith('#'));
  for (const line of pins) assert.match(line, / [0-9a-f]{64}$/);
  const locks = ['', 'tests/lighthouse/', 'tests/package/', 'tests/peers/'].map(
    (folder) => `${folder}package-lock.json`,
  );
  for (const lock of locks)
    for (const [path, entry] of Object.entries(JSON.parse(read(lock)).packages).slice(1)) {
      assert.match(entry.integrity ?? '', /^sha512-/, `${lock}: ${path}`);
      assert.ok(!entry.resolved, `${lock}: ${path} names a registry`);
    }
  for (const list of [
    'src/python/requirements-build.txt',
    'src/python/requirements-screen.txt',
    'src/python/requirements.txt',
    'src/toolchain/lint-requirements.txt',
    'src/toolchain/release/requirements.txt',
    'tests/peers/requirements.txt',
    'tests/wasmtime/requirements.txt',
    'training/requirements.txt',
  ]) {
    const packages = read(list)
      .replaceAll('\\\n', ' ')
      .split('\n')
      .filter((line) => /^[\w.-]+==/.test(line));
    assert.ok(packages.length > 0, list);
    for (const line of packages) assert.match(line, /--hash=sha256:[0-9a-f]{64}/, list);
  }
});

const filesIn = (folder) =>
  readdirSync(ROOT + folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

test('no path of this machine is in the app or the engine', () => {
  const engine = filesIn('build/wasm').filter((path) => /lentigo-\w+\.(wasm|mjs)$/.test(path));
  const libraries = filesIn('build/shared').filter((path) => /liblentigo\./.test(path));
  const made = [...filesIn('dist'), ...engine, ...libraries, `${ROOT}build/lentigo`, `${ROOT}build/liblentigo.a`];
  assert.ok(made.length > 50);
  for (const path of made) {
    const bytes = readFileSync(path);
    for (const place of [ROOT, process.env.LENTIGO_CACHE ?? join(homedir(), '.cache/lentigo')])
      assert.ok(!bytes.includes(place.replace(/\/$/, '')), `${path} holds ${place}`);
  }
});

test('two builds that differ are told by the file, whether it changed or is in one alone', () => {
  const script = `
import sys
from pathlib import Path
sys.path.insert(0, "src/toolchain")
from reproduce import hashes, report
root = Path(sys.argv[1])
for name, files in {"one": {"same": "1", "changed": "1", "gone": "1"}, "two": {"same": "1", "changed": "2", "new": "1"}}.items():
    for file, content in files.items():
        (root / name / "dist" / "assets").mkdir(parents=True, exist_ok=True)
        (root / name / "dist" / "assets" / file).write_text(content)
print("\\n".join(report(root, "of a test", hashes(root / "one"), hashes(root / "two"))))
`;
  const done = spawnSync('python3', ['-c', script, `${FOLDER}reproduce`], { cwd: ROOT, encoding: 'utf8' });
  assert.equal(done.status, 0, done.stderr);
  const told = done.stdout.split('\n').filter((line) => line.startsWith('dist/'));
  assert.deepEqual(
    told,
    ['changed', 'gone', 'new'].map((name) => `dist/assets/${name}`),
  );
});
