/* What a catalogue of format 2 says of a model, and the next catalogue of a folder. web/docs/models.md describes both. */

const FORMAT = 2;
/* What clients take: models and keys of a catalogue, bytes of a model's file, letters of a text. */
const MOST = { models: 100, keys: 16, bytes: 64 * 1024 * 1024, text: 2000 };
const DAY_MS = 24 * 60 * 60 * 1000;

/** Of `now` and so many days later, without milliseconds. */
const timeOf = (now, days = 0) => new Date(now.getTime() + days * DAY_MS).toISOString().replace(/\.\d+Z$/, 'Z');

/** The figures by kind of picture that the model file carries, with the version they were measured of. */
function figuresIn({ kinds = [], figures_of: of, version }) {
  const measured = kinds.filter(({ figures }) => figures);
  return Object.fromEntries(
    measured.map(({ id, figures: { accuracy, balanced_accuracy, malignant_auc: auc } }) => [
      id,
      { accuracy, balanced_accuracy, auc, of: of ?? version },
    ]),
  );
}

/** Throws where a client would refuse the entry. */
function checkEntry({ id, version, bytes, licence, note }) {
  const texts = Object.entries({ id, licence, ...note });
  if (!note.en) throw new Error('say what changed: a note in English');
  for (const [name, text] of texts)
    if (typeof text !== 'string' || text === '' || text.length > MOST.text)
      throw new Error(`${name}: not a text of 1 to ${MOST.text} letters`);
  if (!/^[\w.-]{1,64}$/.test(id))
    throw new Error(`the model is called "${id}": letters, digits, ".", "_" and "-" are taken`);
  if (!/^\d+\.\d+\.\d+/.test(version)) throw new Error(`version "${version}" is no semantic version`);
  if (bytes > MOST.bytes) throw new Error(`${bytes} bytes, more than the ${MOST.bytes} that clients take`);
}

/** A model's entry but for `sequence`, `atlas` and `expires`; `document` is the metadata in its file. */
export function entryOf(document, { sha256, bytes, engine, note }) {
  const entry = {
    id: document.name,
    version: document.version,
    sha256,
    bytes,
    url: `model/${sha256}.tflite`,
    engine,
    kinds: (document.kinds ?? []).map(({ id }) => id),
    labels: document.labels.map(({ id }) => id),
    figures: figuresIn(document),
    licence: document.licence,
    note,
  };
  checkEntry(entry);
  return entry;
}

/** The list with a model in front: the one that is there already keeps its sequence. */
function withModel(models, entry) {
  const same = models.find(({ sha256 }) => sha256 === entry.sha256);
  const twin = models.find(({ id, version }) => id === entry.id && version === entry.version);
  if (twin && twin !== same)
    throw new Error(`${entry.id}@${entry.version} is in the catalogue with other bytes: raise the model's version`);
  const last = Math.max(0, ...models.filter(({ id }) => id === entry.id).map(({ sequence }) => sequence));
  const { id, version, ...rest } = entry;
  const added = { id, version, sequence: same?.sequence ?? last + 1, ...rest };
  return [added, ...models.filter((model) => model !== same)];
}

/** The list without `name`, ID@VERSION. */
function withoutModel(models, name) {
  const left = models.filter(({ id, version }) => `${id}@${version}` !== name);
  if (left.length === models.length) throw new Error(`${name} is not in the catalogue`);
  return left;
}

/**
 * The catalogue after `last`, which is null for the first: with `entry` in front where there is one, and without
 * `withdraw` (ID@VERSION); `keys` may sign from now on.
 */
export function nextCatalog(last, { entry, withdraw, keys, now, days }) {
  let models = last?.models ?? [];
  if (withdraw) models = withoutModel(models, withdraw);
  if (entry) models = withModel(models, entry);
  if (models.length === 0) throw new Error('the catalogue would have no model');
  if (models.length > MOST.models)
    throw new Error(`${models.length} models, at most ${MOST.models} are taken: withdraw one`);
  if (keys.length > MOST.keys) throw new Error(`${keys.length} keys, at most ${MOST.keys} are taken`);
  return {
    format: FORMAT,
    sequence: (last?.sequence ?? 0) + 1,
    issued: timeOf(now),
    expires: timeOf(now, days),
    keys,
    models,
  };
}

/** When a model itself ends, for its entry. */
export const expiryOf = (now, days) => timeOf(now, days);
