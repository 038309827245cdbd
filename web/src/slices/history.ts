/** What is kept on this device: lesions, and photos of them over time with every answer given. */
import type { Failure } from '../shared/fault';
import type { ClassMap, Decision, PriorName, Region } from '../shared/messages';

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
export interface KeptAnswer {
  time: number;
  model: { name: string; version: string; sha256: string };
  decisions: Record<PriorName, Decision>;
  logits: number[];
  faults: string[];
  notLesion: boolean;
  views: number;
  /** Of the class that led. */
  map: ClassMap | null;
}

export interface Entry {
  id: string;
  /** Its lesion's id. */
  lesion: string;
  time: number;
  /** The photo without its metadata. */
  photo: Blob;
  /** The square that was looked at, small, as a JPEG; null where this browser cannot show the photo. */
  square: Blob | null;
  region: Region;
  note: string;
  /** As measured by the person; null where not. */
  millimetres: number | null;
  /** The latest last; never empty. */
  answers: KeptAnswer[];
}

/** Room on the device, in bytes, 0 where the browser does not say; `persisted`: the browser does not clear it by itself. */
export interface Room {
  used: number;
  quota: number;
  persisted: boolean;
}

export interface HistoryContent {
  lesions: Lesion[];
  entries: Entry[];
}

export interface HistorySlice {
  /** null until it has been read. */
  history: HistoryContent | null;
  historyFailure: Failure | null;
  /** What is under way, as a share 0..1; null where nothing is. */
  historyWork: { kind: 'export' | 'import' | 'rerun'; share: number } | null;
  /** What the last import brought. */
  imported: { lesions: number; entries: number } | null;
  room: Room | null;
  /** Where the answer shown has been kept: by its ticket. */
  keptAs: { ticket: number; lesion: string } | null;
}

export const HISTORY: HistorySlice = {
  history: null,
  historyFailure: null,
  historyWork: null,
  imported: null,
  room: null,
  keptAs: null,
};

export const latestAnswer = ({ answers }: Entry): KeptAnswer | undefined => answers.at(-1);

/** The photos of a lesion, the newest first. */
export const entriesOf = ({ entries }: HistoryContent, lesion: string): Entry[] =>
  entries.filter((entry) => entry.lesion === lesion).sort((a, b) => b.time - a.time);
