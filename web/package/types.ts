/** What the engine is asked, and what it answers, as its own documents have it. */

/** The builds for its own models: with relaxed SIMD, which needs a newer browser and takes half the time, and with plain SIMD. */
export type Kernels = 'relaxed' | 'simd';

/**
 * All of the engine's builds: beside these two the first with threads, for pages that are isolated, and one with plain SIMD that
 * runs models by other people, too.
 */
export type EngineBuild = Kernels | 'threads' | 'wide';

/** How common each class is taken to be: as in the data the model was trained on, or all equally. */
export type Prior = 'data' | 'uniform';

/** A class of the model. */
export interface Label {
  /** `mel`; `0`, `1`, … where the model names none. */
  id: string;
  /** In English; the id where the model has no name. */
  name: string;
  /** One or two sentences in plain words; empty where the model has none. */
  about: string;
  /** Counted in `malignant` of a result. */
  malignant: boolean;
}

/** How many of a model's operators one of the engine's kernels computes on this processor. */
export interface KernelUse {
  name: string;
  operators: number;
}

/** Pixels decoded elsewhere. */
export interface Pixels {
  /** [height, width, 4] u8, sRGB, rows without gaps, upright, alpha not premultiplied. */
  data: Uint8ClampedArray | Uint8Array;
  width: number;
  height: number;
}

/** A square of a photo. */
export interface Region {
  /** The square's centre as shares, 0..1, of the width and height of the upright, then turned photo. */
  x: number;
  y: number;
  /** Side of the square over the photo's shorter side, (0, 1]; 0: the model's own crop in the centre. */
  side: number;
  /** Clockwise, 0..3. */
  quarterTurns: number;
}

export const WHOLE: Region = { x: 0.5, y: 0.5, side: 0, quarterTurns: 0 };

/** How much each place of the square speaks for a class: [height, width], row-major, upright. */
export interface ClassMap {
  /** The class's id. */
  label: string;
  width: number;
  height: number;
  values: number[];
}

/** What may be wrong with a photo. `cut`: part of the file is missing; the others are beyond a limit of the model's. */
export type PhotoFault = 'blurred' | 'dark' | 'bright' | 'flat' | 'small' | 'large' | 'cut';

/** What was measured of the square that was classified. */
export interface Quality {
  /** Strength of fine edges against coarse ones and the luma's spread. */
  sharpness: number;
  /** Mean luma, 0..1. */
  brightness: number;
  /** From the luma's 2nd to its 98th percentile, over its mean. */
  contrast: number;
  /** Shares, 0..1, of pixels that are black, that are white, and of the square that the largest dark parts take. */
  shadows: number;
  highlights: number;
  lesion: number;
  faults: PhotoFault[];
}

/** The answer for one photo: the document of `lt_result_json`, which `lentigo classify --json` prints, too. */
export interface Result {
  /** Id of the likeliest class. */
  label: string;
  /** By class id; they add up to 1. */
  probabilities: Record<string, number>;
  /** Summed probability of the malignant classes, 0..1. */
  malignant: number;
  prior: Prior;
  /** Class ids of the prediction set by falling probability; null where the model states none. */
  set: string[] | null;
  /** No class is likely enough to be named. */
  abstain: boolean;
  /** The photo is unlike all the model has learned from. */
  not_a_lesion: boolean;
  /** The larger, the stranger; null where the model has no such score. */
  ood_score: number | null;
  /** The id of the kind of picture; `neither` where it is not a lesion, null where the model tells no kinds. */
  kind: string | null;
  /** The id of the kind whose numbers decided; only where the model tells kinds. */
  decided_by?: string;
  quality: Quality;
  /** How many views, of the photo turned and mirrored, the answer is the mean of. */
  views: number;
  /** Which model gave it. */
  model: { name: string; version: string };
  /** What the network gave, in the order of the model's labels. */
  logits: number[];
  /** Milliseconds. */
  ms: { decode: number; resize: number; infer: number };
  photo: {
    /** Of the upright photo, in pixels. */
    width: number;
    height: number;
    /** A JPEG was decoded at 1/scale of its size: 1, 2, 4 or 8. */
    scale: number;
    /** Share of the square that the file lacks: it was grey. */
    missing: number;
    /** What is known of its colours: `unstated` and `srgb` were taken as they are, `converted`, or `unread`. */
    colour: 'unstated' | 'srgb' | 'converted' | 'unread';
    /** The name of its colour profile; empty where there is none. */
    profile: string;
  };
}

/** What the loaded model says of itself: the document of `lt_model_json`. */
export interface Model {
  name: string;
  version: string;
  licence: string;
  attribution: string;
  /** Of the file. */
  bytes: number;
  /** Of the network; `crop`: side of the square it sees over the photo's shorter side, (0, 1]. */
  input: { width: number; height: number; crop: number; mean: number[]; std: number[] };
  /** How many ways of turning and mirroring a photo can be averaged. */
  views: number;
  labels: Label[];
  /** The kinds of picture that it tells; one of id `''` where it tells none. */
  kinds: { id: string; name: string; temperature: number; log_prior: number[] }[];
  /** What neither the file nor the caller says, and stands on a guess; only where the build `wide` is at work. */
  unsaid?: ('labels' | 'pixels' | 'malignant')[];
  /** The model file's own document, word for word. */
  metadata: Record<string, unknown>;
}

/** What the caller knows of a model by other people whose file does not say it. */
export interface Statement {
  /** The classes' names, in the order of the network's values. */
  labels?: readonly string[] | undefined;
  /**
   * What the network was trained on, one number for all channels or one each of R, G and B: of a pixel value of 0..255 it
   * gets (pixel - mean) / std. Of 0 to 1: mean 0, std 255; of -1 to 1: mean 127.5, std 127.5.
   */
  pixels?: { mean: number | readonly number[]; std: number | readonly number[] } | undefined;
  /** The ids of the classes that are counted in `malignant` of a result. */
  malignant?: readonly string[] | undefined;
}

/** Bytes of a model that is being fetched. */
export interface Progress {
  received: number;
  /** 0 where the host does not say. */
  total: number;
}

/** A type of the browser's, and nothing where a program is compiled without those. */
export type OfBrowser<Name extends string> = typeof globalThis extends { [K in Name]: { prototype: infer T } }
  ? T
  : never;

/**
 * A photo: a file or its bytes (JPEG and PNG anywhere; what else the browser decodes only there), pixels, or what a
 * browser can draw.
 */
export type PhotoSource =
  | OfBrowser<'Blob'>
  | ArrayBuffer
  | ArrayBufferView
  | Pixels
  | OfBrowser<'ImageData'>
  | OfBrowser<'ImageBitmap'>
  | OfBrowser<'VideoFrame'>
  | OfBrowser<'OffscreenCanvas'>
  | OfBrowser<'HTMLCanvasElement'>
  | OfBrowser<'HTMLImageElement'>
  | OfBrowser<'HTMLVideoElement'>;

/** A file: its bytes, or the address it lies at; one that is not whole is taken from the page's. */
export type FileSource = ArrayBuffer | ArrayBufferView | OfBrowser<'Blob'> | OfBrowser<'URL'> | string;
