/*
 * Further versions of the app for tests: built from a copy of the sources with a few lines changed, by the same build.
 * What each file is called follows from its content, so nothing of one version lies under a name of another. Node only.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { ROOT } from './fixtures.mjs';

/** What the build reads besides web/; it changes none of it. */
const SHARED = ['build', 'node_modules', 'model', 'src', 'package-lock.json', 'LICENSE'];

/** Where the sources of the C libraries lie, for their licences; the Makefile knows. */
const sources = () =>
  execFileSync('make', ['-s', 'print-sources'], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, MAKEFLAGS: '' },
  }).trim();

/**
 * Build a version called `number` into a folder and give that. Page, worker, styles and a late screen differ from all
 * other versions; `edit(read, write)` may change more.
 */
export function buildVersion(number, edit = () => undefined) {
  const copy = `${ROOT}build/test/versions/${number}`;
  const out = `${copy}/dist`;
  rmSync(copy, { recursive: true, force: true });
  mkdirSync(copy, { recursive: true });
  cpSync(`${ROOT}web`, `${copy}/web`, { recursive: true });
  for (const name of SHARED) symlinkSync(`${ROOT}${name}`, `${copy}/${name}`);
  const read = (path) => readFileSync(existsSync(`${copy}/${path}`) ? `${copy}/${path}` : `${ROOT}${path}`, 'utf8');
  const write = (path, text) => writeFileSync(`${copy}/${path}`, text);
  write('package.json', read('package.json').replace(/"version": "[^"]*"/, `"version": "${number}"`));
  for (const path of ['main.tsx', 'worker/worker.ts', 'settings/settings-screen.tsx', 'lessons/lesson-screen.tsx'])
    write(
      `web/src/${path}`,
      `${read(`web/src/${path}`)}\nObject.assign(globalThis, { lentigoVersion: '${number}' });\n`,
    );
  write(
    'web/src/styles/base.css',
    `${read('web/src/styles/base.css')}\n.v${number.replaceAll('.', '-')} { color: red; }\n`,
  );
  write('web/index.html', read('web/index.html').replace('<html ', `<html data-version="${number}" `));
  edit(read, write);
  execFileSync(process.execPath, [`${copy}/web/build.mjs`, '--sources', sources(), '--out', out], {
    cwd: copy,
    stdio: 'pipe',
  });
  return out;
}
