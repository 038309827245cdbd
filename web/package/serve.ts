/** The worker's side: calls come in, values, failures and progress go out. */
import { Fault, toFailure } from './fault';
import type { CallsOf, Reply, Request } from './messages';
import type { Progress } from './types';

export type Handlers<C extends CallsOf<C>> = {
  [K in keyof C]: (args: C[K]['args'], tell: (progress: Progress) => void) => Promise<C[K]['value']>;
};

/** What calls come through: a worker's own scope, or what stands for it in the thread that asks. */
export interface Scope {
  onmessage: ((event: MessageEvent) => void) | null;
  postMessage(message: unknown): void;
}

export function serve<C extends CallsOf<C>>(scope: Scope, handlers: Handlers<C>): void {
  const send = (reply: Reply) => scope.postMessage(reply);
  scope.onmessage = async ({ data }: MessageEvent<Request<C>>) => {
    const { id, name, args } = data;
    try {
      const value = await handlers[name](args, (progress) => send({ id, kind: 'progress', progress }));
      send({ id, kind: 'value', value });
    } catch (error) {
      /* A Fault leaves everything whole. Anything else, as a trap, may have left the engine's memory half written. */
      send({ id, kind: 'failure', failure: toFailure(error), spoilt: !(error instanceof Fault) });
    }
  };
}
