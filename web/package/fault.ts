/** What can go wrong, as data that crosses from one thread to another. */

/** Faults of the wiring around the engine; the engine's own have the names of its statuses, as `LT_IMAGE_FORMAT`. */
export type WiringFault =
  /** WebAssembly has no SIMD here. */
  | 'no-simd'
  /** The engine's files could not be loaded. */
  | 'engine-load'
  /** The threads that were asked for did not start. */
  | 'threads'
  /** The model could not be fetched. */
  | 'network'
  /** The worker said nothing for too long. */
  | 'time-out'
  /** The engine came to a stop it was not made for; another has been started. */
  | 'crash'
  /** Another photo is held by now. */
  | 'stale'
  /** `dispose` has been called. */
  | 'disposed'
  /** What is no JPEG or PNG could not be decoded by the browser, or there is none. */
  | 'not-a-picture'
  /** The same of a HEIC file. */
  | 'heic'
  | 'empty-file'
  /** The file was moved, changed or deleted since it was chosen. */
  | 'file-gone';

export type LentigoFault = WiringFault | `LT_${string}`;

/** `detail` is a technical line, often the engine's own. */
export interface Failure<Code extends string = LentigoFault> {
  code: Code;
  detail: string;
}

export class Fault<Code extends string = LentigoFault> extends Error {
  readonly code: Code;
  readonly detail: string;

  constructor(code: NoInfer<Code>, detail = '') {
    super(detail === '' ? code : `${code}: ${detail}`);
    this.name = 'LentigoError';
    this.code = code;
    this.detail = detail;
  }
}

/** Any thrown thing as a failure; what is no Fault counts as a crash. */
export function toFailure<Code extends string = LentigoFault>(error: unknown): Failure<Code | 'crash'> {
  if (error instanceof Fault) return { code: error.code as Code, detail: error.detail };
  return { code: 'crash', detail: error instanceof Error ? error.message : String(error) };
}
