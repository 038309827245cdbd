/* The file of public keys that the app is built with: what is a key, and what is refused. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { readKeys } from '../../web/keys.mjs';
import { newKey } from '../support/keys.mjs';

const folder = mkdtempSync(join(tmpdir(), 'lentigo-keys-'));
after(() => rmSync(folder, { recursive: true }));

const [one, other] = [newKey(), newKey()];

function read(text) {
  const path = join(folder, 'keys');
  writeFileSync(path, text);
  return readKeys(path);
}

test('keys are read from PEM and from base64, each once, remarks aside', () => {
  assert.deepEqual(read(one.pem), [one.raw]);
  assert.deepEqual(read(`# ours\n${one.raw}\n\n${other.raw} # the second\n${one.raw}\n`), [one.raw, other.raw]);
  assert.deepEqual(read(`${one.pem}${other.raw}\n`), [one.raw, other.raw]);
});

for (const [what, text, said] of [
  ['no key', '# nothing\n', /no keys/],
  ['a private key', one.privatePem, /not public/],
  ['a line that is too short', `${one.raw.slice(4)}\n`, /no key: /],
  ['base64 in another form', `${one.raw.replace(/=$/, '')}\n`, /no key: /],
])
  test(`a file with ${what} is refused`, () => assert.throws(() => read(text), said));
