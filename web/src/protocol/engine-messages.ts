/** Everything page and worker say to each other. Only engine/ and worker/ use it for talking. */
import type { Stated } from '../../package/stated';
import type { Label as AnyLabel, ClassMap, Kernels, KernelUse, Pixels, Region } from '../../package/types';
import type { ProbeResult } from '../probe/probe';
import type { FaultCode } from './fault';

export type { Stated } from '../../package/stated';
export {
  type ClassMap,
  type Kernels,
  type KernelUse,
  type Pixels,
  type Progress,
  type Region,
  WHOLE,
} from '../../package/types';

/** A class of the model. */
export interface Label extends AnyLabel {
  /** The person counts it in the sum, since a model file of their own does not say which classes are malignant. */
  marked?: boolean;
}

/** What the loaded model says of itself. */
export interface ModelInfo {
  name: string;
  version: string;
  licence: string;
  attribution: string;
  bytes: number;
  labels: Label[];
  kernels: KernelUse[];
  /** Side of the square the network sees over the photo's shorter side, (0, 1]. */
  crop: number;
  /** The kinds of picture that it tells, each with its own numbers; at least one. */
  kinds: PictureKind[];
  /** The version its figures were measured with, where it has learned from the lesions of that test itself; else null. */
  figuresOf: string | null;
  /** How many ways of turning and mirroring a photo can be averaged; 1 where only the photo as it is. */
  views: number;
  /** SHA-256 of the file, hex. */
  sha256: string;
  /** The file lies in the browser's storage: it will be there without a network. Null: it is on its way there. */
  cached: boolean | null;
}

/** A model that is stored on this device. */
export interface KeptModel {
  id: string;
  version: string;
  sha256: string;
  bytes: number;
  /** It came with the app, out of the site's signed catalogue, or from a file of the person's own. */
  source: 'build' | 'catalogue' | 'person';
}

/** A model file of the person's own, and what is called so where it names itself not. */
export interface ModelFile {
  file: Blob;
  name: string;
}

/** What such a file says of itself. */
export interface Described extends Pick<KeptModel, 'version' | 'sha256' | 'bytes'> {
  name: string;
  licence: string;
  attribution: string;
  /** Numbered where the file does not name them. */
  labels: Label[];
  /** Of the network's input, in pixels. */
  width: number;
  height: number;
  kernels: KernelUse[];
  /** What it does not say. */
  unsaid: ('labels' | 'pixels' | 'malignant')[];
  /** It is on this device already, from wherever. */
  kept: boolean;
}

/** The models on this device, and what is to be done about newer ones. */
export interface ShelfView {
  /** SHA-256 of the model that the app begins with. */
  current: string;
  /** Of the one to go back to; null where there is none. */
  previous: string | null;
  models: KeptModel[];
  /** The version that the app has left by itself, since it failed in use; null where not. */
  left: string | null;
  /** The app knows keys for this site's catalogue. */
  signed: boolean;
  /** A download that the person agreed to is not done, or the app came with another model than the one at work. */
  pending: boolean;
  /** When the catalogue was last looked into, in milliseconds since 1970; 0: never. */
  looked: number;
}

/** A model of the catalogue. */
export interface Offer {
  id: string;
  version: string;
  sha256: string;
  bytes: number;
  kinds: string[];
  licence: string;
  /** By kind of picture, then by the name of the figure, as shares. */
  figures: Record<string, Record<string, number>>;
  /** What changed, by language; English is always there. */
  note: Record<string, string>;
  /** Why it cannot be had; null where it can. */
  hindrance: FaultCode | null;
}

/** What a look into the catalogue found: its models, best first, and the one to take in place of the one at work. */
export interface Look {
  offers: Offer[];
  newer: string | null;
}

/** A kind of picture, as taken through a dermatoscope or without one. */
export interface PictureKind {
  /** As the model has it: `dermoscopic`, `clinical`; empty where the model tells no kinds, and then this is the only one. */
  id: string;
  name: string;
  /** Marks on the sum of the malignant classes, the model's own choice first; empty where it sets none. */
  points: OperatingPoint[];
  /** Share of lesions whose class is in their prediction set; null where the model states no sets. */
  coverage: number | null;
  /** How it did on such pictures; null where the model does not say. */
  figures: KindFigures | null;
}

/** How a model did on pictures it was not trained on: counts, and shares 0..1; null where it does not say. */
export interface Figures {
  pictures: number | null;
  lesions: number | null;
  accuracy: number | null;
  /** The mean over the classes of the share that was named rightly. */
  balancedAccuracy: number | null;
  /** Share of pairs of a malignant and a harmless lesion in which the malignant one had the higher sum. */
  malignantAuc: number | null;
  /** Share of the melanomas that were named as such. */
  melanomaRecall: number | null;
  /** Share of the lesions whose class was in their prediction set. */
  setCoverage: number | null;
}

/** Over all sources, and by source. */
export interface KindFigures extends Figures {
  sources: ({ id: string } & Figures)[];
}

/** A threshold on the malignant sum, and how it did on lesions the model was not trained on. */
export interface OperatingPoint {
  /** As the model names it; empty where it states a threshold and nothing about it. */
  name: string;
  threshold: number;
  figures: PointFigures | null;
}

/** Shares, 0..1. */
export interface PointFigures {
  sensitivity: number;
  specificity: number;
  /** Share of the malignant among those at or above the threshold, as common as in the model's data. */
  ppv: number;
  /** The same where 2 of 100 are malignant. */
  ppvAtTwoPercent: number;
}

/** The answer for one prior. */
export interface Decision {
  /** Class ids by falling probability. */
  order: string[];
  /** By class id; they add up to 1. */
  probabilities: Record<string, number>;
  /** Sum of the malignant classes. */
  malignant: number;
  /** Class ids of the prediction set by falling probability; null where the model states none. */
  set: string[] | null;
  /** No class is likely enough to be named. */
  abstain: boolean;
}

/** The name of a prior as the engine has it: `data`, `uniform`. */
export type PriorName = string;

export interface Answer {
  /** By prior, the default one first. */
  decisions: Record<PriorName, Decision>;
  /** What the network gave, in the order of the model's labels. */
  logits: number[];
  /** What is wrong with the photo: `blurred`, `dark`, …; empty where nothing is, or the model sets no limits. */
  faults: string[];
  /** The photo is unlike all the model has learned from. */
  notLesion: boolean;
  /** The id of the kind of picture; `neither` where it is not a lesion, null where the model tells no kinds. */
  kind: string | null;
  /** The id of the kind whose numbers decided. */
  decidedBy: string;
  /** How many views the answer is the mean of. */
  views: number;
  /** The square of the photo that was classified. */
  region: Region;
  /** By which more views and maps of this photo are asked for. */
  ticket: number;
  /** The model that answered; another may have come since. */
  model: ModelInfo;
  /** Size of the upright photo in pixels. */
  photo: { width: number; height: number };
  /** Who decoded the photo. */
  decoder: 'engine' | 'browser';
  /** `total` is from the bytes in the worker to the answer. */
  ms: { decode: number; resize: number; infer: number; total: number };
  /** Bytes of the engine's whole memory. */
  memory: number;
}

export interface Started {
  kernels: Kernels;
  /** That it computes on. */
  threads: number;
  model: ModelInfo;
  shelf: ShelfView;
}

/** What an answer was made of: where the worker does not hold that photo any more, it classifies it again. */
export interface AnswerSource {
  ticket: number;
  photo: Blob;
  region: Region;
  /** SHA-256 of the model that answered. */
  model: string;
  /** That are in the answer. */
  views: number;
}

/** A lesion of known diagnosis that looks like the photo to the network. */
export interface SimilarLesion {
  /** In the archive that published it. */
  id: string;
  /** Its diagnosis, a class id. */
  label: string;
  /** -1..1; 1: the same. */
  similarity: number;
  /** How the diagnosis was made, in English. */
  confirmed: string;
  /** Whose picture it is, where it was published, and on which conditions. */
  source: string;
  where: string;
  attribution: string;
  licence: string;
  picture: Blob;
  /** Side of the picture. */
  pixels: number;
}

/** Answers to pictures whose diagnosis is known, and what of the model they are measured by. */
export interface EvaluatedPictures {
  labels: Pick<Label, 'id' | 'malignant'>[];
  kinds: Pick<PictureKind, 'id' | 'points' | 'coverage'>[];
  pictures: EvaluatedPicture[];
  /** Of the bootstrap. */
  draws: number;
  seed: number;
}

export interface EvaluatedPicture {
  name: string;
  /** Index of its class. */
  truth: number;
  /** The same number, the same lesion. */
  lesion: number;
  /** Index of the kind whose numbers decided. */
  kind: number;
  /** Class ids; null where there are no sets. */
  set: string[] | null;
  abstain: boolean;
  notLesion: boolean;
  faulted: boolean;
  malignant: number;
  /** By class, for the data's prior and for equal priors. */
  data: number[];
  uniform: number[];
}

/** The figures as `lentigo evaluate` prints them; pictures have their names. */
export interface FigureFiles {
  json: string;
  csv: string;
}

/** What the page can ask of the worker. */
export interface Calls {
  /**
   * Load the engine and the model; to be called once, before anything else but what is said of updates. `threads` are
   * used where they can be; `failed`: the worker before this one died under its model.
   */
  start: { args: { threads: number; failed: boolean }; value: Started };
  /** Once it is known whether the model that was fetched at the start could be stored; null: it is not the usual one any more. */
  stored: { args: null; value: Pick<Started, 'model' | 'shelf'> | null };
  /** `model`: SHA-256 of a stored one; null for the usual one. */
  classify: { args: { photo: Blob; region: Region; model: string | null }; value: Answer };
  /** The answer with one view more; `stale` where its model is stored no more. */
  addView: { args: AnswerSource; value: Answer };
  /** Null where this network has no maps; `stale` as above. */
  map: { args: AnswerSource & { label: string }; value: ClassMap | null };
  /** Lesions of known diagnosis that look like it, of an atlas that is fetched for it; `stale` as above. */
  similar: { args: AnswerSource; value: SimilarLesion[] };
  /** The figures of a model on pictures of known diagnosis. */
  figures: { args: EvaluatedPictures; value: FigureFiles };
  thumbnail: { args: { photo: Blob }; value: Blob | null };
  /** The square around what looks like the lesion, for the upright photo; null where nothing stands out. */
  propose: { args: { photo: Blob }; value: Region | null };
  /** Quality alone, for the live camera; the photo classified last stays with the engine. */
  check: { args: { pixels: Pixels }; value: string[] | null };
  /** Run the network once on the picture that is in the model's file; the photo classified last stays with the engine. */
  warmUp: { args: null; value: undefined };
  /** Try to reach another site, for the privacy page. */
  probe: { args: null; value: ProbeResult[] };
  /** Make a stored model the usual one. */
  choose: { args: { model: string }; value: { model: ModelInfo; shelf: ShelfView } };
  /** Of updates, for a worker of their own that is not started: look into the catalogue, or the one that was seen last. */
  look: { args: { stored: boolean }; value: Look };
  /** Fetch a model that was found, try it, and make it the current one; null: whatever is pending. */
  bring: { args: { model: string | null }; value: ShelfView };
  /** Let go of what was begun of a download. */
  forgo: { args: null; value: ShelfView };
  /** Of a model of the person's own, as above without a start: does it run here, and what does it say of itself? */
  describe: { args: ModelFile; value: Described };
  /** Try it with what is stated, and store it. */
  keep: { args: ModelFile & { stated: Stated }; value: ShelfView };
  /** Delete a stored model that is not the current one. */
  drop: { args: { model: string }; value: ShelfView };
}

export type CallName = keyof Calls;
