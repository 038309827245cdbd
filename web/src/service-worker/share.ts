/**
 * Photos and model files shared from other apps. They are held in memory until the page asks, or handed to a page that the share
 * would have replaced and its work with it: no cache, no address and no host ever has them.
 */
import { SHARE_COLLECT, SHARE_FIELD, type SharedInPlace } from '../protocol/service-worker-messages';
import { Held } from './held';
import { scope } from './site';

declare const self: ServiceWorkerGlobalScope;

const PATIENCE_MS = 1_000;

const shared = new Held<File[]>();

/** A form sent without a choice has an empty file without a name. */
const isShared = (part: FormDataEntryValue): part is File =>
  part instanceof File && (part.name !== '' || part.size > 0);

async function readForm(request: Request): Promise<File[]> {
  try {
    return (await request.formData()).getAll(SHARE_FIELD).filter(isShared);
  } catch {
    /* What is no form shares nothing, and the page says so. */
    return [];
  }
}

/** Whether that page takes `files` and stays. */
function offer(client: Client, files: File[]): Promise<boolean> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    setTimeout(resolve, PATIENCE_MS, false);
    port1.onmessage = ({ data }) => resolve(data === true);
    client.postMessage({ shared: files } satisfies SharedInPlace, [port2]);
  });
}

async function takenInPlace(files: File[]): Promise<boolean> {
  const clients = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const answers = await Promise.all(clients.map((client) => offer(client, files)));
  return answers.includes(true);
}

/** Take the files and lead on to the page; or to nowhere, where the page that is there has taken them. */
export async function takeShare(event: FetchEvent): Promise<Response> {
  const files = await readForm(event.request);
  if (files.length > 0 && (await takenInPlace(files))) return new Response(null, { status: 204 });
  /* Those of a share just before, which no page has asked for yet, are not forgotten for it. */
  event.waitUntil(shared.hold([...(shared.value ?? []), ...files]));
  return Response.redirect(scope, 303);
}

self.addEventListener('message', ({ data, ports: [port] }) => {
  if (data === SHARE_COLLECT) port?.postMessage(shared.take());
});
