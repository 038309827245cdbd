/** Everything page and worker say to each other. Only services/ and worker/ import this for talking. */
import type { Failure } from './fault';

export interface Label {
  id: string;
  name: string;
  about: string;
  malignant: boolean;
}

/** What the loaded model says of itself. */
export interface ModelInfo {
  name: string;
  version: string;
  licence: string;
  attribution: string;
  bytes: number;
  labels: Label[];
  /** Side of the square the network sees over the photo's shorter side, (0, 1]. */
  crop: number;
  /** Sum of the malignant classes from which the model asks for a doctor; null where it sets none. */
  malignantMark: number | null;
  /** SHA-256 of the file, hex. */
  sha256: string;
  /** The file lies in the browser's storage: it will be there without a network. */
  kept: boolean;
}

/** The answer for one prior. */
export interface Decision {
  /** Class ids by falling probability. */
  order: string[];
  /** By class id; they add up to 1. */
  probabilities: Record<string, number>;
  /** Sum of the malignant classes. */
  malignant: number;
}

/** The name of a prior as the engine has it: `data`, `uniform`. */
export type PriorName = string;

export interface Answer {
  /** By prior, the default one first. */
  decisions: Record<PriorName, Decision>;
  /** What the network gave, in the order of the model's labels. */
  logits: number[];
  /** The model that answered; another may have come since. */
  model: ModelInfo;
  /** Size of the upright photo in pixels. */
  photo: { width: number; height: number };
  /** Who decoded the photo. */
  decoder: 'engine' | 'browser';
  /** `total` is from the bytes in the worker to the answer. */
  ms: { decode: number; resize: number; infer: number; total: number };
}

export type Kernels = 'relaxed' | 'simd';

export interface Started {
  kernels: Kernels;
  model: ModelInfo;
}

/** What the page can ask of the worker. */
export interface Calls {
  /** Load the engine and the model; to be called once, before anything else. */
  start: { args: null; value: Started };
  classify: { args: { photo: Blob }; value: Answer };
  /** Look into the catalogue; take over a model that is not the one at work. Null where there is none. */
  renew: { args: null; value: ModelInfo | null };
}

export type CallName = keyof Calls;

/** Bytes of a model that is being fetched. */
export interface Progress {
  received: number;
  total: number;
}

export type Request = { [K in CallName]: { id: number; name: K; args: Calls[K]['args'] } }[CallName];

export type Reply =
  | { id: number; kind: 'value'; value: Calls[CallName]['value'] }
  | { id: number; kind: 'failure'; failure: Failure }
  | { id: number; kind: 'progress'; progress: Progress };
