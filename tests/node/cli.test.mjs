/* The command line, as a person or a script meets it. */
import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { createInterface } from 'node:readline';
import { after, test } from 'node:test';
import { COMMAND, ROOT } from '../support/fixtures.mjs';
import { blockyJpeg, jpeg } from '../support/jpeg.mjs';
import { drawLesion, png, withoutAlpha } from '../support/pictures.mjs';

/* Under sanitizers, except where the memory of the process itself is measured. */
const CHECKED = `${ROOT}build/test/lentigo`;

const folder = mkdtempSync(`${tmpdir()}/lentigo-`);
after(() => rmSync(folder, { recursive: true }));

const model = `${folder}/small.tflite`;
execFileSync(`${ROOT}build/test/mkmodel`, [model]);
const photo = `${folder}/photo.jpg`;
writeFileSync(photo, jpeg(120, 90, drawLesion(120, 90)));
const large = `${folder}/large.jpg`;
writeFileSync(large, jpeg(600, 450, drawLesion(600, 450, 4), { subsampled: true }));

function lentigo(args, { env = {}, input } = {}) {
  return spawnSync(CHECKED, args, {
    encoding: 'utf8',
    input,
    env: { ...process.env, LENTIGO_MODEL: model, ...env },
    timeout: 60000,
  });
}

function lines(run) {
  return run.stdout
    .split('\n')
    .filter((line) => line)
    .map((line) => JSON.parse(line));
}

// ---- threads ----

test('threads that cannot be started are an error, not a wait', () => {
  const command = `ulimit -v 300000; exec ${ROOT}build/lentigo classify --threads 64 --model ${model} ${photo}`;
  const run = spawnSync('bash', ['-c', command], { encoding: 'utf8', timeout: 60000 });
  assert.equal(run.signal, null);
  assert.notEqual(run.status, 0);
  assert.match(run.stderr, /only \d+ of 64 threads could be started/);
});

// ---- answers ----

test('a table names every class and what it is for', () => {
  const run = lentigo(['classify', photo]);
  assert.equal(run.stderr, '');
  assert.equal(run.status, 0);
  assert.match(run.stdout, /^.*photo\.jpg\n/);
  for (const { id, name } of JSON.parse(lentigo(['inspect', '--json', model]).stdout).labels)
    assert.ok(run.stdout.includes(`  ${id} `) && run.stdout.includes(name), id);
  assert.match(run.stdout, /malignant [01]\.\d{3} in all.*; prior: data/);
  assert.match(run.stdout, /120 x 90 pixels/);
  assert.match(run.stdout, /An aid for study, not a diagnosis\.\n$/);
});

test('the malignant sum is said with the side of the threshold that it lies on', () => {
  const shipped = ['--model', `${ROOT}model/lesion.tflite`];
  const points = lentigo(['inspect', shipped[1]])
    .stdout.match(/(?<=malignant from )[\d.]+/g)
    .map(Number);
  const sides = new Set();
  for (const name of ['ISIC_0024626', 'ISIC_0025971']) {
    const run = lentigo(['classify', ...shipped, `${ROOT}web/samples/${name}.jpg`]);
    const [, sum, side, threshold] = run.stdout.match(/malignant ([\d.]+) in all, (.+) the threshold of ([\d.]+);/);
    assert.ok(Math.abs(points[0] - Number(threshold)) <= 0.0005);
    assert.equal(side, Number(sum) >= points[0] ? 'at or above' : 'below');
    sides.add(side);
  }
  assert.equal(sides.size, 2);
  const even = lentigo(['classify', ...shipped, '--prior', 'uniform', `${ROOT}web/samples/ISIC_0024626.jpg`]);
  assert.match(even.stdout, /malignant [\d.]+ in all; prior: uniform/);
});

test('with --json one object a line, with the promised members', () => {
  const run = lentigo(['classify', '--json', photo, large]);
  const [first, second] = lines(run);
  assert.equal(run.status, 0);
  assert.deepEqual(Object.keys(first), [
    ...['file', 'label', 'probabilities', 'malignant', 'prior', 'set', 'abstain', 'not_a_lesion', 'ood_score'],
    ...['kind', 'quality', 'views', 'model', 'ms', 'photo'],
  ]);
  assert.equal(first.file, photo);
  assert.deepEqual(Object.keys(first.ms), ['decode', 'resize', 'infer']);
  assert.deepEqual([first.photo.width, first.photo.height], [120, 90]);
  assert.deepEqual(Object.keys(first.photo), ['width', 'height', 'scale', 'missing', 'colour', 'profile']);
  assert.equal(first.prior, 'data');
  const shares = Object.entries(first.probabilities);
  assert.ok(Math.abs(shares.reduce((sum, [, share]) => sum + share, 0) - 1) <= 1e-6);
  assert.equal(first.label, shares.sort((a, b) => b[1] - a[1])[0][0]);
  assert.equal(second.file, large);
});

test('the set is of labels by falling probability', () => {
  const [{ set, probabilities }] = lines(lentigo(['classify', '--json', '--prior=uniform', photo]));
  const shares = Object.entries(probabilities).sort((a, b) => b[1] - a[1]);
  assert.deepEqual(
    set,
    shares.filter(([, share]) => share >= 0.1).map(([id]) => id),
  );
});

test('--map gives the map of the answer, or of the class it names', () => {
  const [answer] = lines(lentigo(['classify', '--json', '--map', photo]));
  assert.equal(answer.map.label, answer.label);
  assert.deepEqual([answer.map.width, answer.map.height, answer.map.values.length], [4, 4, 16]);
  const [other] = lines(lentigo(['classify', '--json', '--map=three', photo]));
  assert.equal(other.map.label, 'three');
  assert.match(lentigo(['classify', '--map=three', photo]).stdout, /where three is seen.*\n( {3}( \d){4}\n){4}/);
  const wrong = lentigo(['classify', '--map=six', photo]);
  assert.equal(wrong.status, 1);
  assert.match(wrong.stderr, /the model has no label six/);
});

test('more views are another mean of the same photo', () => {
  const answers = [1, 4, 8].map((n) => lines(lentigo(['classify', '--json', '--logits', `--views=${n}`, photo]))[0]);
  assert.deepEqual(
    answers.map(({ views }) => views),
    [1, 4, 8],
  );
  assert.equal(new Set(answers.map(({ logits }) => JSON.stringify(logits))).size, 3);
});

test('a region and quarter turns change what is seen; the photo stays upright in words', () => {
  const options = [[], ['--turn=1'], ['--region', '0.4,0.6,0.5'], ['--region=0.4,0.6,0.5', '--turn', '3']];
  const answers = options.map((some) => lines(lentigo(['classify', '--json', '--logits', ...some, photo]))[0]);
  assert.equal(new Set(answers.map(({ logits }) => JSON.stringify(logits))).size, 4);
  for (const { photo: seen } of answers) assert.deepEqual([seen.width, seen.height], [120, 90]);
});

test('the prior changes the shares and not the logits', () => {
  const [data] = lines(lentigo(['classify', '--json', '--logits', photo]));
  const [uniform] = lines(lentigo(['classify', '--json', '--logits', '--prior=uniform', photo]));
  assert.deepEqual(data.logits, uniform.logits);
  assert.notDeepEqual(data.probabilities, uniform.probabilities);
  assert.equal(uniform.prior, 'uniform');
});

test('the number of threads changes no bit of the logits', () => {
  const [one] = lines(lentigo(['classify', '--json', '--logits', large]));
  const [two] = lines(lentigo(['classify', '--json', '--logits', '--threads', '2', large]));
  assert.deepEqual(one.logits, two.logits);
});

test('--full-decode decodes at full size', () => {
  const [reduced] = lines(lentigo(['classify', '--json', large]));
  const [full] = lines(lentigo(['classify', '--json', '--full-decode', large]));
  assert.ok(reduced.photo.scale > 1);
  assert.equal(full.photo.scale, 1);
  assert.deepEqual([reduced.photo.width, full.photo.width], [600, 600]);
});

test('--megapixels moves the limit of 50 million pixels', () => {
  const huge = `${folder}/huge.jpg`;
  writeFileSync(
    huge,
    blockyJpeg(8000, 6504, (column, row) => 90 + ((column * row) % 90)),
  );
  const [refused] = lines(lentigo(['classify', '--json', huge]));
  assert.match(refused.error, /8000 x 6504 pixels, at most 50000000/);
  const [read] = lines(lentigo(['classify', '--json', '--megapixels', '53', huge]));
  assert.deepEqual([read.photo.width, read.photo.height, read.photo.scale], [8000, 6504, 8]);
});

// ---- files that fail ----

test('a file that fails gives an error in its place, and the rest go on', () => {
  const text = `${folder}/text.jpg`;
  writeFileSync(text, 'not a photo');
  const fifo = `${folder}/pipe`;
  execFileSync('mkfifo', [fifo]);
  const wrong = [text, `${folder}/missing.jpg`, folder, fifo];
  const run = lentigo(['classify', '--json', ...wrong, photo]);
  const answers = lines(run);
  assert.equal(run.status, 1);
  assert.deepEqual(
    answers.map(({ file }) => file),
    [...wrong, photo],
  );
  for (const answer of answers.slice(0, -1)) assert.deepEqual(Object.keys(answer), ['file', 'error']);
  assert.equal(answers[1].error, 'No such file or directory');
  assert.equal(answers[2].error, 'is a folder');
  assert.equal(answers[3].error, 'is no regular file');
  assert.ok(answers[4].label);
});

test('without --json the error goes to standard error', () => {
  const run = lentigo(['classify', `${folder}/missing.jpg`, photo]);
  assert.equal(run.status, 1);
  assert.equal(run.stderr, `lentigo: ${folder}/missing.jpg: No such file or directory\n`);
  assert.match(run.stdout, /photo\.jpg/);
});

test('what an error repeats from a file cannot drive the terminal', () => {
  const spoilt = `${folder}/spoilt.tflite`;
  const bytes = Buffer.from(readFileSync(model).toString('latin1').replace('"1.2.3"', '"1\x7f\x7f\x7f3"'), 'latin1');
  writeFileSync(spoilt, bytes);
  assert.match(lentigo(['inspect', spoilt]).stderr, /metadata\.version: "1\\x7f\\x7f\\x7f3" is no semantic version\n$/);
});

test('a file beyond the limit is not read', () => {
  const vast = `${folder}/vast.jpg`;
  execFileSync('truncate', ['-s', '1T', vast]);
  const [answer] = lines(lentigo(['classify', '--json', vast]));
  assert.equal(answer.error, `has ${2 ** 40} bytes, more than ${2 ** 28}`);
});

test('odd file names come out escaped', () => {
  const name = `${folder}/line\nbreak "<script>" \x1b[31m ä.jpg`;
  writeFileSync(name, readFileSync(photo));
  const json = lentigo(['classify', '--json', name]);
  assert.equal(lines(json)[0].file, name);
  assert.equal(json.stdout.trim().split('\n').length, 1);
  assert.match(lentigo(['classify', name]).stdout, /line\\x0abreak "<script>" \\x1b\[31m ä\.jpg\n/);
});

test('a name that is not UTF-8 keeps its bytes apart', () => {
  const name = Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0xff, 0xe4]), Buffer.from('.jpg')]);
  writeFileSync(name, readFileSync(photo));
  const run = lentigo(['classify', '--json', '-'], { input: Buffer.concat([name, Buffer.from('\n')]) });
  assert.equal(run.status, 0);
  assert.equal(lines(run)[0].file, `${folder}/\udcff\udce4.jpg`);
});

// ---- names from standard input ----

test('names come from standard input, by line or by 0 byte', () => {
  const run = lentigo(['classify', '--json', '-', large], { input: `${photo}\n\n${large}\0${photo}` });
  assert.equal(run.status, 0);
  assert.deepEqual(
    lines(run).map(({ file }) => file),
    [photo, large, photo, large],
  );
});

test('a name that is too long is an error of its own', () => {
  const run = lentigo(['classify', '--json', '-'], { input: `${'x'.repeat(100000)}\n${photo}\n` });
  const [first, second] = lines(run);
  assert.equal(run.status, 1);
  assert.equal(first.error, 'the name is too long');
  assert.equal(second.file, photo);
});

/** Memory the process holds, kB. */
function residentSize(pid) {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]);
}

test('answers stream while names still come, in constant memory', { timeout: 120000 }, async () => {
  const process = spawn(COMMAND, ['classify', '--json', '--model', model, '-'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const answers = createInterface({ input: process.stdout })[Symbol.asyncIterator]();
  const classify = async (count) => {
    process.stdin.write(`${photo}\n`.repeat(count));
    for (let i = 0; i < count; i++) assert.equal(JSON.parse((await answers.next()).value).file, photo);
    return residentSize(process.pid);
  };
  const early = await classify(100);
  const late = await classify(2000);
  process.stdin.end();
  const code = await new Promise((resolve) => process.on('exit', resolve));
  assert.equal(code, 0);
  assert.ok(late <= early + 256, `${early} kB after 100 photos, ${late} kB after 2100`);
});

test('where nobody reads on, it stops with an error', () => {
  const script = `yes "${photo}" | "${CHECKED}" classify --json --model "${model}" - > /dev/full`;
  const run = spawnSync('bash', ['-c', `${script}; exit "\${PIPESTATUS[1]}"`], { timeout: 60000 });
  assert.equal(run.status, 1);
});

test('with -0 only a 0 byte ends a name, so that any name can be given', () => {
  const odd = `${folder}/two\nlines.jpg`;
  writeFileSync(odd, readFileSync(photo));
  const found = execFileSync('find', [folder, '-name', 'two*lines.jpg', '-print0']);
  for (const args of [['-0'], ['-0', '-'], ['-', '-0']]) {
    const run = lentigo(['classify', '--json', ...args], { input: Buffer.concat([found, Buffer.from(`${photo}\0`)]) });
    assert.equal(run.status, 0);
    assert.deepEqual(
      lines(run).map(({ file }) => file),
      [odd, photo],
    );
  }
  const last = lentigo(['classify', '--json', '-0'], { input: `${photo}\0\0${odd}` });
  assert.deepEqual(
    lines(last).map(({ file }) => file),
    [photo, odd],
  );
});

// ---- CSV ----

/** The rows of a CSV text (RFC 4180). */
function rowsOf(text) {
  const rows = [];
  for (let at = 0, row = []; at < text.length; ) {
    const [whole, quoted, plain, end] = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y.exec(text.slice(at));
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    at += whole.length;
    if (end !== ',') rows.push(row.splice(0));
  }
  return rows;
}

test('--csv gives a row a photo, with what --json says', () => {
  const odd = `${folder}/a "b", c.jpg`;
  writeFileSync(odd, readFileSync(photo));
  const files = [photo, odd, `${folder}/missing.jpg`, large];
  const run = lentigo(['classify', '--csv', ...files]);
  assert.equal(run.status, 1);
  assert.equal(run.stderr, '');
  const [head, ...rows] = rowsOf(run.stdout);
  const answers = lines(lentigo(['classify', '--json', ...files]));
  const classes = Object.keys(answers[0].probabilities).sort();
  assert.deepEqual(head, [
    ...['file', 'label', 'malignant', 'set', 'abstain', 'not_a_lesion', 'faults'],
    ...classes,
    ...['prior', 'kind', 'model', 'error'],
  ]);
  assert.equal(rows.length, files.length);
  for (const [i, answer] of answers.entries()) {
    const row = Object.fromEntries(head.map((name, column) => [name, rows[i][column]]));
    assert.equal(rows[i].length, head.length);
    assert.equal(row.file, answer.file);
    assert.equal(row.error, answer.error ?? '');
    if (answer.error) continue;
    assert.equal(row.label, answer.label);
    assert.equal(Number(row.malignant), answer.malignant);
    assert.equal(row.set, answer.set.join(' '));
    assert.deepEqual([row.abstain, row.not_a_lesion], [`${answer.abstain}`, `${answer.not_a_lesion}`]);
    assert.equal(row.faults, answer.quality.faults.join(' '));
    for (const id of classes) assert.equal(Number(row[id]), answer.probabilities[id]);
    assert.deepEqual([row.prior, row.model], [answer.prior, `${answer.model.name} ${answer.model.version}`]);
  }
});

test('a name that a spreadsheet would run as a formula stays a text', () => {
  const run = spawnSync(CHECKED, ['classify', '--csv', '=1+1.jpg'], {
    encoding: 'utf8',
    cwd: folder,
    env: { ...process.env, LENTIGO_MODEL: model },
  });
  assert.equal(rowsOf(run.stdout)[1][0], "'=1+1.jpg");
});

// ---- on a terminal ----

const ESCAPE = '\x1b';

/** What a command shows on a terminal, its standard output and error together. */
function onTerminal(command, env = {}) {
  const run = spawnSync('script', ['-qec', command, '/dev/null'], {
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '', TERM: 'xterm', LENTIGO_MODEL: model, ...env },
    timeout: 60000,
  });
  return run.stdout;
}

test('answers have colours on a terminal alone, and there only where they are wanted', () => {
  const lit = onTerminal(`${CHECKED} classify ${photo}`).split('\r\n');
  assert.ok(lit.some((line) => line.startsWith(`${ESCAPE}[1m  `) && line.endsWith(`${ESCAPE}[0m`)));
  for (const env of [{ NO_COLOR: '1' }, { TERM: 'dumb' }])
    assert.ok(!onTerminal(`${CHECKED} classify ${photo}`, env).includes(ESCAPE));
  assert.ok(!lentigo(['classify', photo], { env: { TERM: 'xterm' } }).stdout.includes(ESCAPE));
});

test('how far it is stands on a terminal, with an end in sight; the answers are as ever', () => {
  const out = `${folder}/answers.json`;
  const names = `${folder}/names.txt`;
  writeFileSync(names, `${photo}\n`.repeat(30));
  const plain = onTerminal(`${CHECKED} classify --json - < ${names} > ${out}`);
  const erase = `\r${ESCAPE}[K`;
  assert.match(plain.split(erase)[1], /^1 of 30, [\d.]+ a second, \d+:\d\d left$/);
  assert.ok(plain.endsWith(erase), 'the line is taken away at the end');
  assert.equal(readFileSync(out, 'utf8').trim().split('\n').length, 30);
  const slow = `{ echo ${photo}; until [ -s ${out} ]; do sleep 0.05; done; echo ${photo}; }`;
  const waiting = onTerminal(`rm ${out}; ${slow} | ${CHECKED} classify --json - > ${out}`);
  assert.match(waiting, /1 of 1\+, [\d.]+ a second(?!,)/);
  assert.doesNotMatch(onTerminal(`${CHECKED} classify --json ${photo} > ${out}`), / of /);
});

test('the verdict and what speaks against it come before the classes', () => {
  const dark = `${folder}/dark.png`;
  const pixels = withoutAlpha(drawLesion(120, 90)).map((value) => value / 4);
  writeFileSync(dark, png(120, 90, 3, pixels));
  const { stdout } = lentigo(['classify', dark]);
  const [answer] = lines(lentigo(['classify', '--json', dark]));
  const names = Object.fromEntries(
    JSON.parse(lentigo(['inspect', '--json', model]).stdout).labels.map((l) => [l.id, l]),
  );
  const firstClass = stdout.indexOf(`  ${answer.label} `);
  const verdict = answer.abstain ? 'no clear match: no class is likely enough' : `\n  ${names[answer.label].name}\n`;
  assert.ok(answer.quality.faults.includes('dark'));
  for (const text of ['photo: dark', verdict, 'one of these, with a coverage of'])
    assert.ok(stdout.includes(text) && stdout.indexOf(text) < firstClass, text);
  assert.ok(stdout.indexOf('photo: dark') < stdout.indexOf(verdict));
});

// ---- to stop it ----

test('Ctrl+C ends it after the photo it is on, by the signal', { timeout: 60000 }, async () => {
  const run = spawn(CHECKED, ['classify', '--json', '-'], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, LENTIGO_MODEL: model },
  });
  run.stdin.on('error', () => {}); /* nobody reads the names that are left */
  run.stdin.write(`${photo}\n`.repeat(100000));
  let text = '';
  run.stdout.setEncoding('utf8');
  run.stdout.on('data', (part) => {
    if (text === '') run.kill('SIGINT');
    text += part;
  });
  const signal = await new Promise((resolve) => run.on('close', (_, name) => resolve(name)));
  assert.equal(signal, 'SIGINT');
  assert.ok(text.endsWith('\n'));
  const answers = text.trim().split('\n').map(JSON.parse);
  assert.ok(answers.length >= 1 && answers.length < 100000);
  for (const { file } of answers) assert.equal(file, photo);
});

test('Ctrl+C ends the waiting for names', { timeout: 60000 }, async () => {
  for (const [name, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ]) {
    const script = `"${CHECKED}" classify --json --model "${model}" - <&3 & echo $!; wait $!; echo "code $?"`;
    const run = spawn('bash', ['-c', script], { stdio: ['ignore', 'pipe', 'inherit', 'pipe'] });
    run.stdio[3].write(`${photo}\n`);
    const told = createInterface({ input: run.stdout })[Symbol.asyncIterator]();
    const pid = Number((await told.next()).value);
    assert.equal(JSON.parse((await told.next()).value).file, photo);
    process.kill(pid, name);
    assert.equal((await told.next()).value, `code ${code}`);
    run.stdio[3].destroy();
  }
});

// ---- shells ----

/** What bash would complete for these words. */
function complete(...words) {
  const script = `source <("${CHECKED}" completion bash); COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _lentigo 2>/dev/null
    echo "\${COMPREPLY[@]}"`;
  return execFileSync('bash', ['-c', script, 'bash', ...words], { encoding: 'utf8' })
    .trim()
    .split(' ');
}

test('bash completes commands, options and their values', () => {
  assert.deepEqual(complete('lentigo', 'c'), ['classify', 'completion']);
  assert.deepEqual(complete('lentigo', 'classify', '--pr'), ['--prior']);
  assert.deepEqual(complete('lentigo', 'classify', '--prior', ''), ['data', 'uniform']);
  assert.deepEqual(complete('lentigo', 'bench', '--prio'), ['']);
  assert.deepEqual(complete('lentigo', 'classify', '--views', ''), ['1', '4', '8']);
  assert.deepEqual(complete('lentigo', 'classify', 'pho'), ['']); /* and then bash itself completes file names */
});

test('what is printed for zsh is a script of its language', (t) => {
  const { stdout } = lentigo(['completion', 'zsh']);
  assert.match(stdout, /^#compdef lentigo\n/);
  assert.match(stdout, /'--prior\[how common the classes are.*\]:NAME:\(data uniform\)'/);
  if (spawnSync('zsh', ['--version']).error) t.skip('zsh is not there');
  else assert.equal(spawnSync('zsh', ['-n'], { input: stdout }).status, 0);
});

// ---- which model ----

test('--model goes before LENTIGO_MODEL, which goes before the default', () => {
  const missing = `${folder}/none.tflite`;
  assert.equal(lentigo(['classify', '--model', model, photo], { env: { LENTIGO_MODEL: missing } }).status, 0);
  const named = lentigo(['classify', '--model', missing, photo]);
  assert.equal(named.stderr, `lentigo: model ${missing}: No such file or directory\n`);
  const set = lentigo(['classify', photo], { env: { LENTIGO_MODEL: missing } });
  assert.equal(set.stderr, `${named.stderr}lentigo: --model FILE or LENTIGO_MODEL names another\n`);
  assert.deepEqual([named.status, set.status], [1, 1]);
});

test('an installed program finds the model that was installed with it', () => {
  const { LENTIGO_MODEL: _, ...env } = process.env;
  for (const place of ['installed/bin', 'installed/share/lentigo'])
    mkdirSync(`${folder}/${place}`, { recursive: true });
  writeFileSync(`${folder}/installed/bin/lentigo`, readFileSync(CHECKED), { mode: 0o755 });
  writeFileSync(`${folder}/installed/share/lentigo/lesion.tflite`, readFileSync(model));
  assert.equal(spawnSync(`${folder}/installed/bin/lentigo`, ['classify', photo], { env, cwd: '/' }).status, 0);
});

test('the default is the model of the clone that the program lies in', () => {
  const { LENTIGO_MODEL: _, ...env } = process.env;
  mkdirSync(`${folder}/clone/build`, { recursive: true });
  mkdirSync(`${folder}/clone/model`);
  writeFileSync(`${folder}/clone/build/lentigo`, readFileSync(CHECKED), { mode: 0o755 });
  writeFileSync(`${folder}/clone/model/lesion.tflite`, readFileSync(model));
  const run = spawnSync(`${folder}/clone/build/lentigo`, ['classify', photo], { env, cwd: '/' });
  assert.equal(run.status, 0);
});

test('what is no model is refused by name', () => {
  const run = lentigo(['classify', '--model', photo, photo]);
  assert.equal(run.status, 1);
  assert.ok(run.stderr.startsWith(`lentigo: model ${photo}: `));
  assert.equal(run.stdout, '');
});

// ---- inspect and bench ----

test('inspect says what the file holds', () => {
  const run = lentigo(['inspect', model]);
  assert.equal(run.status, 0);
  for (const part of [/^name +\S/m, /^version +\d/m, /^input +1x\d+x\d+x3 /m, /^output +1x\d+ /m, /CONV_2D/, /labels/])
    assert.match(run.stdout, part);
});

// ---- kinds of picture ----

const withKinds = `${folder}/kinds.tflite`;
execFileSync(`${ROOT}build/test/mkmodel`, [withKinds, 'kinds']);

/** A picture that the small model takes for that kind: it goes by how bright it is. */
function pictureOf(kind, share) {
  const file = `${folder}/${kind}.png`;
  const pixels = withoutAlpha(drawLesion(120, 90)).map((value) => value * share);
  writeFileSync(file, png(120, 90, 3, pixels));
  return { kind, file };
}

const ofKinds = Object.entries({ dermoscopic: 1, clinical: 0.5, neither: 0.25 }).map((entry) => pictureOf(...entry));

test('a model of format 2: each answer says its kind, and that of one without kinds says none', () => {
  const files = ofKinds.map(({ file }) => file);
  const answers = lines(lentigo(['classify', '--json', '--model', withKinds, ...files]));
  assert.deepEqual(
    answers.map(({ kind }) => kind),
    ofKinds.map(({ kind }) => kind),
  );
  assert.equal(answers[2].not_a_lesion, true);
  for (const { kind } of lines(lentigo(['classify', '--json', ...files]))) assert.equal(kind, null);
});

test('a table says the kind before the classes, and nothing of it where the model tells none', () => {
  const names = { dermoscopic: 'Dermatoscopic picture', clinical: 'Close-up without a dermatoscope' };
  for (const { kind, file } of ofKinds) {
    const { stdout } = lentigo(['classify', '--model', withKinds, file]);
    assert.match(stdout, new RegExp(`^.*${kind}\\.png\n  kind: ${kind} \\(.*${names[kind] ?? names.clinical}\\)\n  `));
    assert.match(stdout, new RegExp(`with a coverage of ${kind === 'dermoscopic' ? 90 : 88} %`));
    assert.doesNotMatch(lentigo(['classify', file]).stdout, /kind:/);
  }
});

test('inspect lists the kinds with their numbers', () => {
  const { stdout } = lentigo(['inspect', withKinds]);
  const [, dermoscopic, clinical] = stdout.split(/^kind /m);
  assert.match(dermoscopic, /^dermoscopic: Dermatoscopic picture\n {2}temperature 0\.8\n/);
  assert.match(
    clinical,
    /^clinical: Close-up without a dermatoscope\n {2}temperature 1\.7\n {2}no clear match below 0\.4\n/,
  );
  assert.match(clinical, /coverage of 88 %, by the prior data\n.*point 0\.90: malignant from 0\.31 finds 91\.0 %/);
  assert.match(clinical, /quality sharpness from 0\.02, brightness from 0\.1, contrast from 0\.05\n/);
  assert.match(clinical, /not a lesion above 0\.4\n/);
  const { kinds } = JSON.parse(lentigo(['inspect', '--json', withKinds]).stdout);
  assert.deepEqual(
    kinds.map(({ id, name, temperature, log_prior }) => [id, name, temperature, log_prior.length]),
    [
      ['dermoscopic', 'Dermatoscopic picture', 0.8, 5],
      ['clinical', 'Close-up without a dermatoscope', 1.7, 5],
    ],
  );
  assert.doesNotMatch(lentigo(['inspect', model]).stdout, /^kind /m);
});

test('inspect --json gives the model and its graph', () => {
  const { graph, bytes, labels } = JSON.parse(lentigo(['inspect', '--json', model]).stdout);
  assert.equal(bytes, readFileSync(model).length);
  assert.deepEqual(graph.tensors[graph.input].shape.slice(-1), [3]);
  assert.deepEqual(graph.tensors[graph.output].shape.slice(-1), [labels.length]);
  assert.ok(
    graph.operators.every(
      ({ output, inputs }) =>
        inputs.every((i) => i === null || i < graph.tensors.length) && output < graph.tensors.length,
    ),
  );
  for (const { kernel } of graph.operators) assert.match(kernel, /^(?:XNNPACK|dw-(?:avx\w+|neon-dot))$/);
});

test('bench measures the network, and photos', () => {
  const text = lentigo(['bench', '--runs', '3', large]);
  assert.equal(text.status, 0);
  assert.match(text.stdout, /medians of 3 runs/);
  const [inference, decoded, ...squares] = lines(lentigo(['bench', '--json', '--runs', '3', large]));
  assert.ok(inference['inference ms'] > 0);
  assert.ok(decoded['total ms'] > 0 && decoded['full total ms'] > 0);
  assert.ok(decoded.difference < 0.05);
  assert.deepEqual(
    squares.map(({ side }) => side),
    [0, 0.45, 0.25, 0.15],
  );
  for (const square of squares) {
    assert.ok(square['decode ms'] > 0 && square['over the centre'] > 0);
    assert.ok(square['told MB'] >= square['held MB'] && square['told MB'] <= 1.25 * square['held MB']);
  }
});

// ---- wrong use ----

const misuses = [
  [[], /which command/],
  [['classfy'], /no command "classfy"/],
  [['classify'], /which photos/],
  [['classify', '--jsno', photo], /--jsno is no option of this command/],
  [['classify', '--runs', '3', photo], /--runs is no option of this command/],
  [['classify', '--json=yes', photo], /--json takes no value/],
  [['classify', '--prior', 'flat', photo], /--prior needs data or uniform/],
  [['classify', '--threads', '0', photo], /--threads needs a number from 1 to 64/],
  [['classify', '--threads', '65', photo], /--threads needs a number from 1 to 64/],
  [['classify', '--threads', '2x', photo], /--threads needs a number from 1 to 64/],
  [['classify', '--megapixels', '0', photo], /--megapixels needs a number from 1 to 1000/],
  [['classify', '--megapixels', '1001', photo], /--megapixels needs a number from 1 to 1000/],
  [['classify', '--views', '2', photo], /--views needs 1, 4 or 8/],
  [['classify', '--turn', '4', photo], /--turn needs 0, 1, 2 or 3/],
  [['classify', '--region', '0.5,0.5', photo], /--region needs three numbers/],
  [['classify', '--region', '0.5,0.5,0', photo], /--region needs three numbers/],
  [['classify', '--region', '0.5,1.5,1', photo], /--region needs three numbers/],
  [['classify', '--region', '0.5,0.5,1,1', photo], /--region needs three numbers/],
  [['classify', '--map=', photo], /--map needs a label/],
  [['classify', photo, '--threads'], /--threads needs a number from 1 to 64/],
  [['classify', '--csv', '--json', photo], /--csv goes without --json, --logits, --map and --similar/],
  [['classify', '--csv', '--map', photo], /--csv goes without --json, --logits, --map and --similar/],
  [['classify', '-1', photo], /-1 is no option of this command/],
  [['completion'], /completion takes one shell, bash or zsh/],
  [['completion', 'fish'], /completion takes one shell, bash or zsh/],
  [['inspect'], /inspect takes one model file/],
  [['inspect', model, model], /inspect takes one model file/],
];

for (const [args, message] of misuses)
  test(`lentigo ${args.map((arg) => arg.replace(`${folder}/`, '')).join(' ')}: says what is wrong`, () => {
    const run = lentigo(args);
    assert.equal(run.status, 2);
    assert.equal(run.stdout, '');
    assert.match(run.stderr, message);
  });

test('help by command lists that command and its options', () => {
  for (const args of [['help'], ['--help'], ['-h']]) assert.match(lentigo(args).stdout, /classify .*\n.*inspect/);
  for (const args of [
    ['help', 'bench'],
    ['bench', '--help'],
  ]) {
    const run = lentigo(args);
    assert.equal(run.status, 0);
    assert.match(run.stdout, /--runs/);
    assert.match(run.stdout, /Exit status: 0 .*; 1 .*;\n2 .*; 130 after Ctrl\+C, 143 after SIGTERM\./);
    assert.doesNotMatch(run.stdout, /--prior/);
  }
  assert.equal(lentigo(['help', 'nothing']).status, 2);
});

test('what follows -- is a file, whatever it looks like', () => {
  const [answer] = lines(lentigo(['classify', '--json', '--', '--prior']));
  assert.deepEqual(answer, { file: '--prior', error: 'No such file or directory' });
});

// ---- similar lesions, and figures of a folder ----

test('an atlas that does not belong to the model is refused by name, before any photo', () => {
  const run = lentigo(['classify', '--json', '--similar', `${ROOT}model/lesion.atlas`, photo]);
  assert.equal(run.status, 1);
  assert.equal(run.stdout, '');
  assert.match(run.stderr, /--similar: .*lesion\.atlas: atlas: key: it belongs to network [0-9a-f]{16}/);
  const none = lentigo(['classify', '--similar', `${folder}/none.atlas`, photo]);
  assert.equal(none.status, 1);
  assert.match(none.stderr, /none\.atlas: No such file/);
});

/** A folder with pictures of the first two classes, and a CSV file of it. */
function makeEvaluated(name, table) {
  const top = `${folder}/${name}`;
  for (const label of ['a', 'Other'])
    for (const number of [1, 2]) {
      mkdirSync(`${top}/pictures/${label}/deeper`, { recursive: true });
      writeFileSync(`${top}/pictures/${label}/deeper/${number}.jpg`, readFileSync(photo));
    }
  writeFileSync(`${top}/pictures/a/readme.txt`, 'not a picture');
  writeFileSync(`${top}/table.csv`, table);
  return top;
}

test('a folder is evaluated by its subfolders, with a map of names', () => {
  const [first, second] = JSON.parse(lentigo(['inspect', '--json', model]).stdout).labels.map(({ id }) => id);
  const top = makeEvaluated('evaluated', '');
  const maps = ['--map', `${first}=a`, '--map', `${second}=x,OTHER`];
  const run = lentigo(['evaluate', '--json', ...maps, '--draws', '20', `${top}/pictures`]);
  assert.equal(run.status, 0, run.stderr);
  const found = JSON.parse(run.stdout);
  assert.deepEqual([found.pictures, found.lesions, found.left_out], [4, 4, 0]);
  assert.equal(found.classes[first].pictures, 2);
  assert.equal(found.bootstrap.draws, 20);
  assert.match(lentigo(['evaluate', ...maps, `${top}/pictures`]).stdout, /4 pictures of 4 lesions; in brackets 95 %/);
});

const TABLES = [
  ['no column of files', 'name,dx\n', /line 1: no column of the head is called file/],
  ['no column of diagnoses', 'file,age\n', /line 1: no column of the head is called diagnosis/],
  ['a line that is too short', 'age,file,dx\n3,a.jpg\n', /line 2: the line has no file or no diagnosis/],
  ['a quote that is not closed', 'file,dx\n"a.jpg,nv\n', /line 2: too many columns, or a quote that is not closed/],
  ['a 0 byte', 'file,dx\na.jpg,\0\n', /a 0 byte: this is no CSV file/],
  ['no lines', 'file,dx\n', /no line names a picture/],
  ['nothing', '', /line 1: no column of the head is called file/],
];

for (const [what, table, said] of TABLES)
  test(`a CSV file with ${what} is refused by name`, () => {
    const run = lentigo(['evaluate', `${makeEvaluated('refused', table)}/table.csv`]);
    assert.equal(run.status, 1);
    assert.equal(run.stdout, '');
    assert.match(run.stderr, said);
  });

test('a picture that is gone is named, and the others are measured', () => {
  const [first] = JSON.parse(lentigo(['inspect', '--json', model]).stdout).labels.map(({ id }) => id);
  const top = makeEvaluated('gone', `file,dx,lesion_id\npictures/a/deeper/1,${first},L\ngone.jpg,${first},L\n`);
  const run = lentigo(['evaluate', '--json', `${top}/table.csv`]);
  assert.equal(run.status, 1);
  const found = JSON.parse(run.stdout);
  assert.equal(found.pictures, 1);
  assert.match(found.failed[0].file, /gone\.jpg$/);
});

test('a diagnosis that is no class, and a class that is none, are named', () => {
  const top = makeEvaluated('unknown', '');
  const unknown = lentigo(['evaluate', `${top}/pictures`]);
  assert.equal(unknown.status, 1);
  assert.match(unknown.stderr, /diagnosis Other: no class of the model has this id or name/);
  const strange = lentigo(['evaluate', '--map', 'strange=a', `${top}/pictures`]);
  assert.match(strange.stderr, /--map strange=a: the model has no such class/);
  assert.equal(lentigo(['evaluate', '--map', 'a', `${top}/pictures`]).status, 2);
  assert.equal(lentigo(['evaluate', top, top]).status, 2);
  assert.match(lentigo(['evaluate', `${folder}/nowhere`]).stderr, /nowhere: No such file/);
});
