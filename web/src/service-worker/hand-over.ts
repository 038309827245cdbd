/** Work of a page that is loaded anew for a newer version: handed to that version, and collected from it. */
import type { Collect, HandOver } from '../protocol/service-worker-messages';
import { Held } from './held';

declare const self: ServiceWorkerGlobalScope;

const work = new Held<HandOver>();

self.addEventListener('message', (event) => {
  const data = event.data as Partial<HandOver & Collect> | null;
  if (typeof data?.handOver === 'string') {
    event.waitUntil(work.hold({ handOver: data.handOver, work: data.work }));
    event.ports[0]?.postMessage(true);
  } else if (typeof data?.collect === 'string') {
    const known = work.value?.handOver === data.collect;
    event.ports[0]?.postMessage((known && work.take()?.work) || null);
  }
});
