/**
 * Photos shared from other apps. They are held in memory until the page asks, once, or for a minute: no
 * cache, no address and no host ever has them.
 */
import { SHARE_COLLECT, SHARE_FIELD } from '../shared/share';
import { scope } from './site';

declare const self: ServiceWorkerGlobalScope;

const HOLD_MS = 60_000;

let held: File[] | null = null;
let release: () => void = () => undefined;

function hold(files: File[]): Promise<void> {
  release();
  held = files;
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      held = null;
      resolve();
    };
    const timer = setTimeout(end, HOLD_MS);
    release = end;
  });
}

/** A form sent without a choice has an empty file without a name. */
const isPhoto = (part: FormDataEntryValue): part is File => part instanceof File && (part.name !== '' || part.size > 0);

async function readForm(request: Request): Promise<File[]> {
  try {
    return (await request.formData()).getAll(SHARE_FIELD).filter(isPhoto);
  } catch {
    /* What is no form shares nothing, and the page says so. */
    return [];
  }
}

/** Take the photos and lead on to the page. The event stays open as long as something is held. */
export async function takeShare(event: FetchEvent): Promise<Response> {
  event.waitUntil(hold(await readForm(event.request)));
  return Response.redirect(scope, 303);
}

self.addEventListener('message', ({ data, ports: [port] }) => {
  if (data !== SHARE_COLLECT) return;
  port?.postMessage(held);
  release();
});
