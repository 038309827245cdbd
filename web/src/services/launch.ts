/** Photos that come with the start of an installed app: opened with it, or shared to it from another app. */
import { SHARE_COLLECT } from '../shared/share';
import { ask } from './ask';

/* Of a service worker that has to be started first, on a slow phone. */
const PATIENCE_MS = 60_000;

interface LaunchParams {
  files: readonly { getFile(): Promise<File> }[];
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
  return controller ? ask<File[]>(controller, SHARE_COLLECT, PATIENCE_MS) : Promise.resolve(null);
}

export async function takeLaunched(receiver: LaunchReceiver): Promise<void> {
  const { launchQueue } = window as { launchQueue?: LaunchQueue };
  launchQueue?.setConsumer(({ files }) => {
    if (files.length === 0) return;
    Promise.all(files.map((handle) => handle.getFile())).then(
      (photos) => receiver.takeFiles(photos),
      (error: Error) => receiver.refuse('file-gone', error.message),
    );
  });
  if (!('serviceWorker' in navigator)) return;
  const shared = await collectShared();
  if (shared?.length === 0) receiver.refuse('nothing-shared');
  else if (shared) receiver.takeFiles(shared);
}
