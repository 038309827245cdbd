/** What is computed beside answers, and only when it is asked for: similar lesions, and figures of a whole folder. */

import type { Classifier } from '../../package/classifier';
import type {
  EvaluatedPicture,
  EvaluatedPictures,
  FigureFiles,
  ModelInfo,
  PictureKind,
  SimilarLesion,
} from '../protocol/engine-messages';
import { Fault } from '../protocol/fault';
import { readAtlas } from './atlas-cache';
import { asText, StudyModule } from './study-module';

let module: Promise<StudyModule> | null = null;

/** Loaded once; after a failure the next call tries again. */
function study(): Promise<StudyModule> {
  module ??= StudyModule.load().catch((error: unknown) => {
    module = null;
    throw error;
  });
  return module;
}

// ---- similar lesions ----

interface FoundLesion extends Omit<SimilarLesion, 'label' | 'picture' | 'pixels'> {
  label: number;
  picture: { offset: number; bytes: number; pixels: number };
}

/** Of the photo that `classifier` holds. `entry`: what was said of the model's atlas. */
export async function findSimilar(
  classifier: Classifier,
  model: ModelInfo,
  entry: unknown,
  base: URL,
): Promise<SimilarLesion[]> {
  /* Before anything is waited for: another photo may come meanwhile. */
  const features = classifier.features();
  if (!features) throw new Fault('study', 'the network has no feature map');
  const [loaded, atlas] = await Promise.all([study(), readAtlas(model.sha256, entry, base)]);
  const found = loaded.with([atlas, features], (bytes = 0, block = 0) => {
    const { labels, kinds } = model;
    const text = loaded.calls.lt_study_similar(bytes, atlas.length, block, labels.length, kinds.length);
    return JSON.parse(loaded.text(text)) as FoundLesion[];
  });
  return found.map(({ label, picture: { offset, bytes, pixels }, ...lesion }) => ({
    ...lesion,
    label: model.labels[label]?.id ?? '',
    picture: new Blob([atlas.slice(offset, offset + bytes)], { type: 'image/webp' }),
    pixels,
  }));
}

// ---- figures ----

/** Bits of lt_study_add's flags. */
const [IN_SET, ABSTAIN, NOT_A_LESION, FAULTED] = [1, 2, 4, 8];

type Measured = Pick<PictureKind, 'id' | 'points' | 'coverage'>;

/** Operating points are compared by name, and only those that all kinds have. */
function setupOf({ labels, kinds }: EvaluatedPictures): object {
  const threshold = (kind: Measured, name: string) => kind.points.find((point) => point.name === name)?.threshold;
  const names = [...new Set((kinds[0]?.points ?? []).map(({ name }) => name))];
  const points = names.filter((name) => name !== '' && kinds.every((kind) => threshold(kind, name) !== undefined));
  return {
    labels,
    points,
    kinds: kinds.map((kind) => ({
      id: kind.id,
      coverage: kind.coverage ?? 0,
      thresholds: points.map((name) => threshold(kind, name)),
    })),
  };
}

function flagsOf({ set, truth, abstain, notLesion, faulted }: EvaluatedPicture, labels: { id: string }[]): number {
  const inSet = set?.includes(labels[truth]?.id ?? '');
  return (inSet ? IN_SET : 0) | (abstain ? ABSTAIN : 0) | (notLesion ? NOT_A_LESION : 0) | (faulted ? FAULTED : 0);
}

function add(loaded: StudyModule, picture: EvaluatedPicture, labels: { id: string }[]): void {
  const { truth, lesion, kind, set, malignant, data, uniform } = picture;
  const shares = new Uint8Array(Float32Array.from([...data, ...uniform]).buffer);
  loaded.with([shares], (copy = 0) => {
    const flags = flagsOf(picture, labels);
    loaded.check(loaded.calls.lt_study_add(truth, lesion, kind, set?.length ?? 0, flags, malignant, copy));
  });
}

/** The module numbers pictures; here they get their names. */
function named(text: string, pictures: EvaluatedPicture[]): string {
  const figures = JSON.parse(text) as { failures: Record<string, { picture: number | string }[]> };
  for (const rows of Object.values(figures.failures))
    for (const row of rows) row.picture = pictures[row.picture as number]?.name ?? '';
  return JSON.stringify(figures);
}

export async function computeFigures(input: EvaluatedPictures): Promise<FigureFiles> {
  const loaded = await study();
  const { labels, pictures, draws, seed } = input;
  loaded.with([asText(JSON.stringify(setupOf(input)))], (setup = 0) =>
    loaded.check(loaded.calls.lt_study_begin(setup)),
  );
  for (const picture of pictures) add(loaded, picture, labels);
  const json = named(loaded.text(loaded.calls.lt_study_figures(draws, seed)), pictures);
  const csv = loaded.with([asText(json)], (copy = 0) => loaded.text(loaded.calls.lt_study_csv(copy)));
  return { json, csv };
}
