/**
 * What can go wrong, as data that crosses from worker to page. The page turns a code into words
 * (web/texts/); `detail` is the technical line beneath, often the engine's own.
 */

/** Why a catalogue or a model was not taken; the command line has the same names for it. */
export type Refusal =
  | 'network'
  | 'signature'
  | 'unknown-key'
  | 'expired'
  | 'older'
  | 'format'
  | 'catalog'
  | 'length'
  | 'hash'
  | 'not-a-model'
  | 'engine-too-old'
  | 'self-test'
  | 'storage';

/** Faults of the app itself; the engine's have the names of its statuses, as `LT_IMAGE_FORMAT`. */
export type AppFault =
  | 'insecure'
  | 'no-simd'
  | 'engine-load'
  | Refusal
  | 'model-gone'
  | 'threads'
  | 'unbound'
  | 'time-out'
  | 'crash'
  | 'stale'
  | 'not-a-picture'
  | 'heic'
  | 'empty-file'
  | 'sample'
  | 'folder'
  | 'link'
  | 'text'
  | 'nothing-shared'
  | 'file-gone'
  | 'camera-denied'
  | 'camera-none'
  | 'camera-busy'
  | 'camera-lost'
  | 'camera-unfit'
  | 'camera-unsupported'
  | 'camera-failed'
  | 'nothing-pasted'
  | 'language'
  | 'screen'
  | 'preferences'
  | 'history-blocked'
  | 'history-full'
  | 'history-archive'
  | 'history-bomb'
  | 'history-changed'
  | 'history-elsewhere'
  | 'history-gone'
  | 'history-newer'
  | 'history-time-out'
  | 'screen-broken'
  | 'atlas-none'
  | 'study'
  | 'cases';

export type FaultCode = AppFault | `LT_${string}`;

export interface Failure {
  code: FaultCode;
  detail: string;
}

export class Fault extends Error {
  readonly code: FaultCode;
  readonly detail: string;

  constructor(code: FaultCode, detail = '') {
    super(detail === '' ? code : `${code}: ${detail}`);
    this.name = 'Fault';
    this.code = code;
    this.detail = detail;
  }
}

/** Any thrown thing as a failure; what is no Fault counts as a crash. */
export function toFailure(error: unknown): Failure {
  if (error instanceof Fault) return { code: error.code, detail: error.detail };
  return { code: 'crash', detail: error instanceof Error ? error.message : String(error) };
}
