/* What a catalogue of format 2 says of a model, and the next catalogue of a folder. web/docs/models.md describes both. */

const FORMAT = 2;
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

/** A model's entry but for `sequence`, `atlas` and `expires`; `document` is the metadata in its file. */
export const entryOf = (document, { sha256, bytes, engine, note }) => ({
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
});

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
