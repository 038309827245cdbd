/** How much storage the browser gives, how much is used, and whether the browser may clear it by itself. */
import { inTime } from '../../protocol/deadline';

/** In bytes, 0 where the browser does not say; `persisted`: the browser does not clear it by itself. */
export interface StorageUse {
  used: number;
  quota: number;
  persisted: boolean;
}

const ANSWER_MS = 5_000;

/** null where the browser does not say, or not in time. */
export async function readStorageUse(): Promise<StorageUse | null> {
  try {
    const [estimate, persisted] = await inTime(
      Promise.all([navigator.storage.estimate?.(), navigator.storage.persisted()]),
      ANSWER_MS,
      () => 'history-time-out',
    );
    return { used: estimate?.usage ?? 0, quota: estimate?.quota ?? 0, persisted };
  } catch {
    return null;
  }
}

/** Ask the browser never to clear what is stored here by itself. Some ask the person, some decide alone. */
export async function requestPersistence(): Promise<void> {
  await navigator.storage?.persist?.().catch(() => false);
}
