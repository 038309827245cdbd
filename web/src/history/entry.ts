/** What the history is made of: lesions, and photos of them over time with every answer given. */
import type { ClassMap, Decision, PriorName, Region } from '../protocol/engine-messages';

/** Places on the body, as the body map has them. */
export const SITES = [
  ...['head', 'neck', 'chest', 'belly', 'back', 'lowerBack', 'hips', 'buttocks'],
  ...['rightArm', 'leftArm', 'rightHand', 'leftHand', 'rightLeg', 'leftLeg', 'rightFoot', 'leftFoot'],
] as const;
export type Site = string;

export interface Lesion {
  /** Random, never shown. */
  id: string;
  /** What the person calls it. */
  name: string;
  /** One of SITES, or empty. */
  site: Site;
  /** Milliseconds since 1970, as all times here. */
  created: number;
}

/** An answer as it was given, with the model that gave it. */
export interface SavedAnswer {
  time: number;
  model: { name: string; version: string; sha256: string };
  decisions: Record<PriorName, Decision>;
  logits: number[];
  faults: string[];
  notLesion: boolean;
  /** As in Answer; absent in answers that were saved before kinds of picture were told. */
  kind?: string | null;
  views: number;
  /** Of the class that led. */
  map: ClassMap | null;
}

/** A saved picture: where its bytes are, and what they have to be. */
export interface Picture {
  /** In the store of pictures; empty where they still lie with the entry, as a Blob. */
  key: string;
  type: 'image/jpeg' | 'image/png';
  size: number;
  /** Hex; empty for a Blob of old, which has none yet. */
  sha256: string;
}

export type PictureName = 'photo' | 'square';

/** Pictures to try the app with: their answers are of nobody's skin, or of none. */
export const SAMPLE_KINDS = ['photograph', 'drawing'] as const;
export type SampleKind = (typeof SAMPLE_KINDS)[number];

export interface Entry {
  id: string;
  /** Its lesion's id. */
  lesion: string;
  time: number;
  /** The photo without its metadata. */
  photo: Picture;
  /** The square that was classified, small, as a JPEG; null where this browser cannot show the photo. */
  square: Picture | null;
  region: Region;
  note: string;
  /** As measured by the person; null where not. */
  millimetres: number | null;
  /** Where the photo is one to try the app with; absent in entries that were saved before this was noted, as below. */
  sample?: SampleKind | null;
  /** The class that the person took it for before the first answer was shown; null where not asked, or not said. */
  guess?: string | null;
  /** The latest last; never empty. */
  answers: SavedAnswer[];
}

export interface HistoryContent {
  lesions: Lesion[];
  entries: Entry[];
  /** What is stored and makes no sense, each as the way to the member that is wrong: `entries[3].time`. */
  unreadable: string[];
}

export const latestAnswer = ({ answers }: Entry): SavedAnswer | undefined => answers.at(-1);

/** Entries that have no answer of the model with this hash. */
export const outdatedEntries = (history: HistoryContent | null, sha256: string): Entry[] =>
  (history?.entries ?? []).filter(({ answers }) => answers.every(({ model }) => model.sha256 !== sha256));

/** How often the person's own guess was the class that led the answer given then, of how many that were made. */
export function agreement({ entries }: HistoryContent): { same: number; count: number } {
  const guessed = entries.filter(({ guess }) => guess != null);
  const led = ({ answers }: Entry) => Object.values(answers[0]?.decisions ?? {})[0]?.order[0];
  return { same: guessed.filter((entry) => led(entry) === entry.guess).length, count: guessed.length };
}

/** The photos of a lesion, the newest first. */
export const entriesOf = ({ entries }: HistoryContent, lesion: string): Entry[] =>
  entries.filter((entry) => entry.lesion === lesion).sort((a, b) => b.time - a.time);
