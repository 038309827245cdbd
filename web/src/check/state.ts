/** The photo that is checked, and its answer. */

import { isGated } from '../answer/decision';
import type { SampleKind } from '../history/entry';
import { type Answer, type ClassMap, type PriorName, type Region, WHOLE } from '../protocol/engine-messages';
import type { Failure } from '../protocol/fault';

export type Job =
  | { phase: 'idle' }
  | { phase: 'working' }
  /** For an engine that did not start. */
  | { phase: 'waiting' }
  | { phase: 'done'; answer: Answer }
  | { phase: 'failed'; failure: Failure };

export interface Photo {
  /** A blob: address, let go when the next photo comes. */
  url: string;
  file: Blob;
  name: string;
  /** When it was chosen. */
  time: number;
  /** One to try the app with, whose id is the name; null for the person's own. */
  sample: SampleKind | null;
  /** By the live camera: it is nowhere else. */
  taken: boolean;
  /** The browser cannot show it; the engine may still read it. */
  unseen: boolean;
}

/** What of it is carried along into a newer version of the app, which classifies it anew. */
export interface CarriedCheck {
  /** Versions before there were photographs to try say `true` of a drawing, and `false`. */
  photo: Pick<Photo, 'file' | 'name' | 'time' | 'taken'> & { sample: SampleKind | boolean | null };
  region: Region;
  accepted: boolean;
  prior: PriorName | null;
  /** The lesion it has been saved with. */
  kept: string | null;
  /** Absent from versions before it was asked. */
  guess?: CheckSlice['guess'];
}

/** How the person says to look at the spot, by the kind of picture that it gives. */
export const WAYS = ['dermoscopic', 'clinical'] as const;
export type Way = (typeof WAYS)[number];

export interface CheckSlice {
  photo: Photo | null;
  job: Job;
  /** What was handed over and is no photo; shown by the picker. */
  refused: Failure | null;
  /** The prior of the answer shown; null is the engine's default. */
  prior: PriorName | null;
  /** Something is being dragged over the page. */
  dragging: boolean;
  /** SHA-256 of the model that was chosen for this photo; null: the usual one. */
  photoModel: string | null;
  /** The square of the photo that is classified. */
  region: Region;
  /** The square that the engine proposes for this photo, not turned; null where there is none, or not yet. */
  proposal: Region | null;
  /** The person wants the answer although the photo has faults. */
  accepted: boolean;
  /** Further views under way: this many are in the answer. */
  averaging: { done: number; total: number } | null;
  map: MapState;
  /** The square is being chosen. */
  cropping: boolean;
  /** Said on the first screen; null where not. */
  way: Way | null;
  /** What the person took the photo for, asked before the answer is shown: a class, or none; null until answered. */
  guess: { label: string | null } | null;
}

/** The map over the photo, asked for by class; `none`: this network has no maps. */
export type MapState =
  | { phase: 'off' }
  | { phase: 'none' }
  | { phase: 'shown'; map: ClassMap }
  | { phase: 'failed'; failure: Failure };

/** What a new photo begins with. */
export const FRESH = {
  ...{ accepted: false, averaging: null, map: { phase: 'off' }, cropping: false },
} as const satisfies Partial<CheckSlice>;

export const CHECK: CheckSlice = {
  ...FRESH,
  photo: null,
  job: { phase: 'idle' },
  refused: null,
  prior: null,
  dragging: false,
  photoModel: null,
  region: WHOLE,
  proposal: null,
  way: null,
  guess: null,
};

/** The person's guess comes first: neither the answer nor anything that gives it away is shown until then. */
export const isGuessing = (state: Pick<CheckSlice, 'job' | 'guess' | 'accepted'> & Guessing): boolean =>
  state.preferences.guessFirst &&
  state.guess === null &&
  state.job.phase === 'done' &&
  !isGated(state.job.answer, state.accepted);

interface Guessing {
  preferences: { guessFirst: boolean };
}
