/* Backups as the app writes them, and spoilt ones. Node only. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { strToU8, zipSync } from 'fflate';
import { ROOT } from './fixtures.mjs';

const FOLDER = `${ROOT}build/test/archives/`;
const SAMPLE = `${ROOT}build/samples/even.jpg`;

/** The n-th id of its kind, as a random one looks. */
export const idOf = (kind, n) => `${kind}0000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

const DECISION = {
  order: ['nv', 'mel'],
  probabilities: { nv: 0.75, mel: 0.25 },
  malignant: 0.25,
  set: ['nv'],
  abstain: false,
};

export const answerAt = (time) => ({
  time,
  model: { name: 'lentigo-test', version: '1.0.0', sha256: 'a'.repeat(64) },
  decisions: { data: DECISION },
  logits: [1, 0],
  faults: [],
  notLesion: false,
  views: 1,
  map: null,
});

/** One lesion with so many photos; `change` may spoil the document. */
export function documentOf(photos, change = (document) => document) {
  const time = 1_700_000_000_000;
  return change({
    format: 1,
    lesions: [{ id: idOf('a', 1), name: 'spot', site: 'back', created: time }],
    entries: Array.from({ length: photos }, (_, i) => ({
      id: idOf('b', i),
      lesion: idOf('a', 1),
      time: time + i * 86_400_000,
      region: { x: 0.5, y: 0.5, side: 0, quarterTurns: 0 },
      note: `note ${i}`,
      millimetres: null,
      answers: [answerAt(time)],
      photo: `photos/${idOf('b', i)}.jpg`,
      square: `squares/${idOf('b', i)}.jpg`,
    })),
  });
}

/** The files of such an archive by name, stored as they are; `bytes` gives the picture of each name. */
export function filesOf(document, bytes = () => readFileSync(SAMPLE)) {
  const pictures = document.entries.flatMap(({ photo, square }) => [photo, square].filter(Boolean));
  return {
    'history.json': strToU8(JSON.stringify(document)),
    ...Object.fromEntries(pictures.map((name) => [name, new Uint8Array(bytes(name))])),
  };
}

/** Where it was written to. */
export function save(name, bytes) {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(`${FOLDER}${name}.zip`, bytes);
  return `${FOLDER}${name}.zip`;
}

export const archiveOf = (name, { photos = 1, change, bytes } = {}) =>
  save(name, zipSync(filesOf(documentOf(photos, change), bytes), { level: 0 }));
