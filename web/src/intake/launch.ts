/** Photos and models that come with the start of an installed app: opened with it, or shared to it from another app. */

import { hasUnsaved, isLeaving } from '../navigation/unsaved';
import { askServiceWorker } from '../offline/ask-service-worker';
import { SHARE_COLLECT, type SharedInPlace } from '../protocol/service-worker-messages';

/* Of a service worker that has to be started first, on a slow phone. */
const PATIENCE_MS = 60_000;

interface LaunchParams {
  files: readonly { getFile(): Promise<File> }[];
  /** Where the launch would have led. */
  targetURL?: string;
}

interface LaunchQueue {
  setConsumer(consumer: (params: LaunchParams) => void): void;
}

export interface LaunchReceiver {
  takeFiles(files: File[]): void;
  refuse(code: 'nothing-shared' | 'file-gone', detail?: string): void;
}

/** What the service worker holds for this page; null where nothing was shared. */
function collectShared(): Promise<File[] | null> {
  const { controller } = navigator.serviceWorker;
  return controller ? askServiceWorker<File[]>(controller, SHARE_COLLECT, PATIENCE_MS) : Promise.resolve(null);
}

/** A share would replace this page: with work in it, it takes the files and stays. */
function takeInPlace(receiver: LaunchReceiver): void {
  navigator.serviceWorker.addEventListener('message', ({ data, ports: [port] }) => {
    const { shared } = (data ?? {}) as Partial<SharedInPlace>;
    if (!Array.isArray(shared)) return;
    const stays = isLeaving() && hasUnsaved();
    port?.postMessage(stays);
    if (stays) receiver.takeFiles(shared);
  });
}

/** The app is there already: a shortcut leads to its screen, without loading the page anew. */
function follow(target: string | undefined): void {
  const hash = target && new URL(target, location.href).hash;
  if (hash) location.hash = hash;
}

export async function takeLaunched(receiver: LaunchReceiver): Promise<void> {
  const { launchQueue } = window as { launchQueue?: LaunchQueue };
  /* The page begun by a launch has its address, and loaded anew gets the same once more. */
  let begun = false;
  launchQueue?.setConsumer(({ files, targetURL }) => {
    if (files.length === 0 && begun) follow(targetURL);
    begun = true;
    if (files.length === 0) return;
    Promise.all(files.map((handle) => handle.getFile())).then(
      (opened) => receiver.takeFiles(opened),
      (error: Error) => receiver.refuse('file-gone', error.message),
    );
  });
  if (!('serviceWorker' in navigator)) return;
  takeInPlace(receiver);
  const shared = await collectShared();
  if (shared?.length === 0) receiver.refuse('nothing-shared');
  else if (shared) receiver.takeFiles(shared);
}
