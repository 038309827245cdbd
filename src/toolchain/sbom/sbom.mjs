/**
 * `make sbom`: writes the bill of materials of everything that is shipped, as CycloneDX 1.6 in JSON:
 *
 *   node sbom.mjs --out FILE --cc COMPILER --emscripten FOLDER --downloads FOLDER BUILD=FOLDER...
 *
 * with the folder of the C libraries for each build of the engine. The same commit and tools give the same bytes.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { PHOTOGRAPHS } from '../../../web/draw/photographs.mjs';
import { modelComponents } from './model.mjs';
import { LIBRARIES, RUNTIMES } from './parts.mjs';
import { locked, readPins } from './pins.mjs';
import { requireKnown, takenByApp, takenByEngine } from './taken.mjs';
import { readTools } from './tools.mjs';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const COMMAND_LINE = 'command line';
const SCHEMA = 'http://cyclonedx.org/schema/bom-1.6.schema.json';

/** How cyclonedx-esbuild calls values that web/build.mjs sets, and texts that web/texts.mjs makes: of no package. */
const OWN = /^VirtualComponent (<define:|texts:)/;

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');
const byText = (a, b) => (a < b ? -1 : 1);

/** Licences as CycloneDX wants them: an expression stands alone. */
const licensesOf = (licence) => [
  / (?:OR|AND|WITH) /.test(licence) ? { expression: licence } : { license: { id: licence } },
];

function propertiesOf(builds) {
  const where = builds.map((value) => ({ name: 'lentigo:in', value }));
  return where.length
    ? where
    : [{ name: 'lentigo:in', value: 'nothing: fetched and checked, but no file of it is read' }];
}

const NOTHING = { builds: [], files: [] };

/** The files of a part that the build read as they are, by name: two builds may take two of one name. */
function filesOf(name, files) {
  const seen = [...files].sort(byText).map((file) => ({ file: basename(file), content: sha256(readFileSync(file)) }));
  const different = new Map(seen.map((one) => [`${one.file}/${one.content}`, one]));
  return [...different.entries()].map(([key, { file, content }]) => ({
    type: 'file',
    'bom-ref': `lib:${name}/${key}`,
    name: file,
    hashes: [{ alg: 'SHA-256', content }],
  }));
}

/** A library or a compiler's runtime. `scope`: only what the app itself holds is required by it. */
function component(name, { title, licence, supplier, purl, cpe, changed }, version, hashes, taken = NOTHING) {
  const builds = [...taken.builds];
  const inApp = builds.some((build) => build !== COMMAND_LINE);
  return {
    type: 'library',
    'bom-ref': `lib:${name}`,
    supplier: { name: supplier },
    name,
    version,
    description: title,
    scope: inApp ? 'required' : builds.length ? 'optional' : 'excluded',
    ...(hashes.length ? { hashes } : {}),
    licenses: licensesOf(licence),
    ...(cpe ? { cpe: cpe(version) } : {}),
    purl: purl(version),
    ...(changed ? { pedigree: { notes: changed } } : {}),
    ...(taken.files.size ? { components: filesOf(name, taken.files) } : {}),
    properties: propertiesOf(builds),
  };
}

function libraries(pins, taken) {
  const sources = pins.filter(({ kind }) => kind === 'source');
  return sources.map(({ name, version, sha256: content }) =>
    component(name, LIBRARIES[name], version, [{ alg: 'SHA-256', content }], taken.get(name)),
  );
}

/** What came out of a package of Emscripten has that package as its ancestor. */
function runtimes(pins, taken, versions) {
  const pinned = pins.find(({ name }) => name === 'emscripten');
  const names = Object.keys(RUNTIMES).filter((name) => taken.has(name));
  return names.map((name) => {
    const part = component(name, RUNTIMES[name], RUNTIMES[name].version(versions), [], taken.get(name));
    if (!RUNTIMES[name].fromEmscripten || !pinned.version.startsWith(versions.emscripten)) return part;
    return { ...part, pedigree: { ancestors: [packageOf(pinned)], ...part.pedigree } };
  });
}

const packageOf = ({ name, version, architecture, sha256: content }) => ({
  type: 'application',
  name,
  version,
  hashes: [{ alg: 'SHA-256', content }],
  purl: `pkg:deb/debian/${name}@${encodeURIComponent(version)}?arch=${architecture}&distro=trixie`,
});

/** A package's name with its scope, as the lock file has it. */
const fullName = ({ group, name }) => (group ? `${group}/${name}` : name);

/** The Node packages as cyclonedx-esbuild gives them, with the hashes of the lock file. */
function packages({ components = [], dependencies }) {
  const named = components.filter(({ name }) => !OWN.test(name));
  const purl = (item) => `pkg:npm/${fullName(item).replace('@', '%40')}@${item.version}`;
  const refs = new Map(named.map((item) => [item['bom-ref'], purl(item)]));
  const listed = named.map(({ author, evidence, ...rest }) => ({
    ...rest,
    ...(author ? { supplier: { name: author } } : {}),
    'bom-ref': refs.get(rest['bom-ref']),
    purl: refs.get(rest['bom-ref']),
    hashes: locked(ROOT, fullName(rest)).hashes,
    properties: propertiesOf(['app']),
  }));
  const needs = dependencies
    .filter(({ ref }) => refs.has(ref))
    .map(({ ref, dependsOn = [] }) => ({ ref: refs.get(ref), dependsOn: dependsOn.map((other) => refs.get(other)) }));
  return { listed, needs };
}

/** Every file of dist/ with its hash, so that what a host serves can be checked. */
function shippedFiles(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.endsWith('README.md'));
  return paths.sort(byText).map((path) => {
    const name = relative(ROOT, path).replaceAll('\\', '/');
    return {
      type: 'file',
      'bom-ref': `file:${name}`,
      name,
      hashes: [{ alg: 'SHA-256', content: sha256(readFileSync(path)) }],
      ...ownersOf(name),
    };
  });
}

/** Of the photographs to try; everything else is covered by the licence of the whole, or of its part. */
function ownersOf(name) {
  const photograph = PHOTOGRAPHS.find(({ id }) => name === `dist/photographs/${id}.jpg`);
  if (!photograph) return {};
  const { licence, credit } = photograph;
  return { licenses: [{ license: { id: licence.replaceAll(' ', '-') } }], copyright: credit };
}

function toolComponent({ licence, supplier, ...tool }) {
  const maker = supplier ? { supplier: { name: supplier } } : {};
  return { ...tool, 'bom-ref': `tool:${tool.name}`, ...maker, licenses: licensesOf(licence) };
}

const ORDER = [
  ['C libraries and engine', 'make build'],
  ['app', 'make dist'],
  ['bill of materials', 'make sbom'],
];

function formulation(tools) {
  return {
    'bom-ref': 'formulation:build',
    components: tools.map(toolComponent).sort((a, b) => byText(a['bom-ref'], b['bom-ref'])),
    workflows: [
      {
        'bom-ref': 'workflow:build',
        uid: 'build',
        name: 'build of the app and the engine, as the Makefile does it',
        taskTypes: ['build'],
        steps: ORDER.map(([name, executed]) => ({ name, commands: [{ executed }] })),
      },
    ],
  };
}

/** That of the commit, so that it does not differ from one build to the next; none outside of a git clone. */
function timestamp() {
  const quiet = { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] };
  const { stdout, status } = spawnSync('git', ['log', '-1', '--format=%cI'], quiet);
  return status === 0 ? { timestamp: new Date(stdout.trim()).toISOString() } : {};
}

function metadataOfBill(version, files) {
  const author = locked(ROOT, '@cyclonedx/cyclonedx-esbuild');
  return {
    ...timestamp(),
    lifecycles: [{ phase: 'build' }],
    tools: {
      components: [
        { type: 'application', name: 'make sbom', version },
        { type: 'application', name: '@cyclonedx/cyclonedx-esbuild', version: author.version, hashes: author.hashes },
      ],
    },
    authors: [{ name: 'The Lentigo authors' }],
    component: {
      type: 'application',
      'bom-ref': 'lentigo',
      supplier: { name: 'The Lentigo authors' },
      name: 'lentigo',
      version,
      description: 'A skin-lesion classifier that runs in the browser. An aid for study, not a medical device.',
      licenses: [{ license: { id: 'MIT' } }],
      components: files,
    },
  };
}

/** Who needs whom: the app its packages, the engine and the model; libraries each other. */
function dependencies(components, npm, model) {
  const parts = components.filter(({ 'bom-ref': ref, scope }) => ref.startsWith('lib:') && scope !== 'excluded');
  const present = new Set(parts.map(({ 'bom-ref': ref }) => ref));
  const needs = parts.map(({ 'bom-ref': ref, name }) => ({
    ref,
    dependsOn: ({ ...LIBRARIES, ...RUNTIMES }[name].needs ?? [])
      .map((other) => `lib:${other}`)
      .filter((other) => present.has(other)),
  }));
  const [own, ...madeFrom] = model.map(({ 'bom-ref': ref }) => ref);
  const direct = [...npm.needs.map(({ ref }) => ref), ...parts.map(({ 'bom-ref': ref }) => ref), own];
  return [{ ref: 'lentigo', dependsOn: direct }, ...npm.needs, ...needs, { ref: own, dependsOn: madeFrom }];
}

/** Of the content, so that the same bill has the same number. */
function serialOf(bill) {
  const hex = sha256(JSON.stringify(bill));
  const variant = ((Number.parseInt(hex[16], 16) & 3) | 8).toString(16);
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function main() {
  const options = { out: {}, cc: {}, emscripten: {}, downloads: {} };
  for (const name of Object.keys(options)) options[name] = { type: 'string' };
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const deps = Object.fromEntries(positionals.map((pair) => pair.split(/=(.*)/s).slice(0, 2)));
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const pins = readPins(ROOT);
  requireKnown(pins);
  const taken = takenByEngine(ROOT, { deps, emscripten: values.emscripten });
  const { versions, tools } = readTools({ root: ROOT, pins, ...values });
  const npm = packages(takenByApp(ROOT, join(ROOT, 'build/metafile.json')));
  const model = modelComponents(ROOT);
  const components = [...npm.listed, ...libraries(pins, taken), ...runtimes(pins, taken, versions), ...model];
  const bill = {
    $schema: SCHEMA,
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: metadataOfBill(version, shippedFiles(join(ROOT, 'dist'))),
    components,
    dependencies: dependencies(components, npm, model),
    formulation: [formulation(tools)],
  };
  writeFileSync(values.out, `${JSON.stringify({ ...bill, serialNumber: serialOf(bill) }, null, 2)}\n`);
  console.log(`${values.out}: ${components.length} components, ${tools.length} tools`);
}

main();
