/** What a page and a worker say to each other: calls by name, and what comes of them. All of it can be cloned. */
import type { Failure } from './fault';
import type { Progress } from './types';

/** The shape of a list of calls: `{ classify: { args: …; value: … }; … }`. */
export type CallsOf<C> = { [K in keyof C]: { args: unknown; value: unknown } };

export type Request<C extends CallsOf<C>> = { [K in keyof C]: { id: number; name: K; args: C[K]['args'] } }[keyof C];

export type Reply =
  | { id: number; kind: 'value'; value: unknown }
  /** `spoilt`: the engine came to a stop it was not made for, and must not be asked again. */
  | { id: number; kind: 'failure'; failure: Failure; spoilt: boolean }
  | { id: number; kind: 'progress'; progress: Progress };
