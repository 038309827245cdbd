/**
 * The pages for developers, in `dist/developers/`: the component at work on the package's own scripts, and the package's
 * README with a reference made of its types. No part of the app: nothing there is fetched before somebody opens it.
 */
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { marked } from 'marked';
import { buildPackageScripts, engineVersion, putTypes } from './package.mjs';
import { languagesIn } from './texts.mjs';

const HERE = fileURLToPath(new URL('developers/', import.meta.url));
const README = fileURLToPath(new URL('package/README.md', import.meta.url));

const escaped = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** A comment's words without its stars; code in it keeps its lines. */
const wordsOf = (comment) =>
  comment
    .replace(/^\/\*\*|\*\/$/g, '')
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, ''))
    .join('\n')
    .trim();

/** Lines of a declaration, from its first: to the one that closes what the first opens, or else to the first semicolon. */
function declarationAt(lines, first) {
  const isLast = lines[first].endsWith('{') ? (line) => line.startsWith('}') : (line) => line.endsWith(';');
  const count = lines.slice(first).findIndex((line, i) => (i > 0 || !lines[first].endsWith('{')) && isLast(line));
  return lines.slice(first, first + count + 1).join('\n');
}

/** What a .d.ts exports: [{ name, words, code }]. */
function declarationsIn(types) {
  const lines = types.split('\n');
  return lines.flatMap((line, at) => {
    const [, name] = line.match(/^export (?:declare )?(?:class|interface|type|const) (\w+)/) ?? [];
    if (name === undefined) return [];
    let comment = at;
    if (lines[at - 1]?.endsWith('*/'))
      do comment--;
      while (!lines[comment].startsWith('/**'));
    const words = wordsOf(lines.slice(comment, at).join('\n'));
    return [{ name, words, code: withoutPrivate(declarationAt(lines, at)) }];
  });
}

const withoutPrivate = (code) => code.replace(/^ +(#private|private constructor\(.*\));\n/gm, '');

/** The name by which the package exports what its sources call a Fault. */
const asExported = (types) => types.replaceAll(/\bFault\b/g, 'LentigoError');

function referenceOf(folder) {
  const shown = ['index', 'element', 'types', 'fault'];
  const parts = shown.flatMap((name) => declarationsIn(asExported(readFileSync(join(folder, `${name}.d.ts`), 'utf8'))));
  return parts
    .map(
      ({ name, words, code }) =>
        `<section aria-labelledby="${name}">\n<h3 id="${name}"><code>${name}</code></h3>\n${marked.parse(words)}` +
        `<pre tabindex="0"><code>${escaped(code)}</code></pre>\n</section>`,
    )
    .join('\n');
}

/** The README as HTML; wide code can be scrolled by keyboard. */
const readmePage = () => marked.parse(readFileSync(README, 'utf8')).replaceAll('<pre>', '<pre tabindex="0">');

/** `model`: its entry in the catalogue; `licence`: in words; `samples`: names of drawings. Gives esbuild's metafiles. */
export async function putDevelopers(out, { policy, model, licence, samples }) {
  const folder = join(out, 'developers');
  const scripts = join(folder, 'lentigo');
  mkdirSync(scripts, { recursive: true });
  const metafiles = await buildPackageScripts(scripts);
  putTypes(scripts);
  const languages = languagesIn().map((id) => {
    const name = new Intl.DisplayNames([id], { type: 'language' }).of(id);
    return `<option value="${id}"${id === 'en' ? ' selected' : ''} lang="${id}">${name}</option>`;
  });
  const buttons = samples.map((id) => `<button type="button" data-sample="../samples/${id}.jpg">${id}</button>`);
  const fill = {
    policy: escaped(policy),
    model: `../${model.url}`,
    licence: escaped(licence),
    languages: languages.join(''),
    samples: buttons.join('\n'),
    version: engineVersion(),
    readme: readmePage(),
    reference: referenceOf(scripts),
  };
  for (const name of readdirSync(HERE)) {
    if (!name.endsWith('.html')) cpSync(join(HERE, name), join(folder, name));
    else {
      const page = readFileSync(join(HERE, name), 'utf8');
      writeFileSync(
        join(folder, name),
        page.replace(/\{\{(\w+)\}\}/g, (_, place) => fill[place]),
      );
    }
  }
  return metafiles;
}
