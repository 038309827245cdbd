/** How much room the browser gives and whether it may clear it by itself. */
import type { Room } from '../../slices/history';
import { inTime } from './deadline';

const LOOK_MS = 5_000;

/** null where the browser does not say, or not in time. */
export async function readRoom(): Promise<Room | null> {
  try {
    const [{ usage = 0, quota = 0 }, persisted] = await inTime(
      Promise.all([navigator.storage.estimate(), navigator.storage.persisted()]),
      LOOK_MS,
      () => 'history-time-out',
    );
    return { used: usage, quota, persisted };
  } catch {
    return null;
  }
}

/** Ask the browser never to clear what is kept by itself. Some ask the person, some decide alone. */
export async function requestPersistence(): Promise<void> {
  await navigator.storage?.persist?.().catch(() => false);
}
