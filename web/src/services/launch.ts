/** Photos that come with the start of an installed app: opened with it, or shared to it from another app. */
import { SHARE_COLLECT } from '../shared/share';

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
  if (!controller) return Promise.resolve(null);
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }: MessageEvent<File[] | null>) => {
      port1.close();
      resolve(data);
    };
    controller.postMessage(SHARE_COLLECT, [port2]);
  });
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
