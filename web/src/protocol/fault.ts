/**
 * What can go wrong, as data that crosses from worker to page. The page turns a code into words
 * (web/texts/); `detail` is the technical line beneath, often the engine's own.
 */

import {
  type Failure as AnyFailure,
  Fault as AnyFault,
  toFailure as anyToFailure,
  type LentigoFault,
} from '../../package/fault';

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

/** Faults of the app itself, beside those of the package that it stands on. */
export type AppFault =
  | 'insecure'
  | Refusal
  | 'model-gone'
  | 'unbound'
  | 'sample'
  | 'folder'
  | 'link'
  | 'text'
  | 'nothing-shared'
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

export type FaultCode = AppFault | LentigoFault;

export type Failure = AnyFailure<FaultCode>;
export type Fault = AnyFault<FaultCode>;
export const Fault = AnyFault<FaultCode>;
export const toFailure = anyToFailure<FaultCode>;
