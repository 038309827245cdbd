/** The worker's side of the RPC: calls come in, values, failures and progress go out. */

import type { CallName, Calls, Progress, Reply, Request } from '../src/protocol/engine-messages';
import { Fault, toFailure } from '../src/protocol/fault';

export type Handlers = {
  [K in CallName]: (args: Calls[K]['args'], tell: (progress: Progress) => void) => Promise<Calls[K]['value']>;
};

export function serve(scope: DedicatedWorkerGlobalScope, handlers: Handlers): void {
  const send = (reply: Reply) => scope.postMessage(reply);
  scope.onmessage = async ({ data }: MessageEvent<Request>) => {
    const { id, name, args } = data;
    const handle = handlers[name] as Handlers[typeof name] as (
      args: unknown,
      tell: (p: Progress) => void,
    ) => Promise<never>;
    try {
      send({ id, kind: 'value', value: await handle(args, (progress) => send({ id, kind: 'progress', progress })) });
    } catch (error) {
      /* A Fault leaves everything whole. Anything else, as a trap, may have left the engine's memory half written. */
      send({ id, kind: 'failure', failure: toFailure(error), spoilt: !(error instanceof Fault) });
    }
  };
}
