/** How much room the browser gives and whether it may clear it by itself. */
import type { Room } from '../../slices/history';

/** null where the browser does not say. */
export async function readRoom(): Promise<Room | null> {
  try {
    const [estimate, persisted] = await Promise.all([navigator.storage.estimate?.(), navigator.storage.persisted()]);
    return { used: estimate?.usage ?? 0, quota: estimate?.quota ?? 0, persisted };
  } catch {
    return null;
  }
}

/** Ask the browser never to clear what is kept by itself. Some ask the person, some decide alone. */
export async function requestPersistence(): Promise<void> {
  await navigator.storage?.persist?.().catch(() => false);
}
