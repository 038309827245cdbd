/**
 * The history in IndexedDB. Every change is one transaction: it is there whole or not at all, so that a full
 * disk loses nothing that was kept before.
 */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { Fault } from '../../shared/fault';
import type { Entry, HistoryContent, Lesion } from '../../slices/history';

interface Schema extends DBSchema {
  lesions: { key: string; value: Lesion };
  entries: { key: string; value: Entry };
}

const NAME = `lentigo-history:${new URL('./', document.baseURI).pathname}`;
const VERSION = 1;

let opened: Promise<IDBPDatabase<Schema>> | null = null;

function database(): Promise<IDBPDatabase<Schema>> {
  opened ??= openDB<Schema>(NAME, VERSION, {
    upgrade(db) {
      db.createObjectStore('lesions', { keyPath: 'id' });
      db.createObjectStore('entries', { keyPath: 'id' });
    },
    /* Another tab wants it gone or newer: let go, and open it anew when next asked. */
    blocking: (_, __, event) => {
      (event.target as IDBDatabase).close();
      opened = null;
    },
    terminated: () => {
      opened = null;
    },
  });
  opened.catch(() => {
    opened = null;
  });
  return opened;
}

function toFault(error: unknown): Fault {
  const { name, message } = error as DOMException;
  return new Fault(name === 'QuotaExceededError' ? 'history-full' : 'history-blocked', `${name}: ${message}`);
}

async function guarded<T>(work: (db: IDBPDatabase<Schema>) => Promise<T>): Promise<T> {
  try {
    return await work(await database());
  } catch (error) {
    throw error instanceof Fault ? error : toFault(error);
  }
}

export const readHistory = (): Promise<HistoryContent> =>
  guarded(async (db) => {
    const transaction = db.transaction(['lesions', 'entries']);
    const [lesions, entries] = await Promise.all([
      transaction.objectStore('lesions').getAll(),
      transaction.objectStore('entries').getAll(),
    ]);
    return { lesions, entries };
  });

/** Put all of `content` in, over what has the same ids. */
export const putHistory = ({ lesions = [], entries = [] }: Partial<HistoryContent>): Promise<void> =>
  guarded(async (db) => {
    const transaction = db.transaction(['lesions', 'entries'], 'readwrite');
    const puts = [
      ...lesions.map((lesion) => transaction.objectStore('lesions').put(lesion)),
      ...entries.map((entry) => transaction.objectStore('entries').put(entry)),
    ];
    await Promise.all([...puts, transaction.done]);
  });

export const dropHistory = ({ lesions, entries }: { lesions: string[]; entries: string[] }): Promise<void> =>
  guarded(async (db) => {
    const transaction = db.transaction(['lesions', 'entries'], 'readwrite');
    const drops = [
      ...lesions.map((id) => transaction.objectStore('lesions').delete(id)),
      ...entries.map((id) => transaction.objectStore('entries').delete(id)),
    ];
    await Promise.all([...drops, transaction.done]);
  });

export const clearHistory = (): Promise<void> =>
  guarded(async (db) => {
    const transaction = db.transaction(['lesions', 'entries'], 'readwrite');
    await Promise.all([
      transaction.objectStore('lesions').clear(),
      transaction.objectStore('entries').clear(),
      transaction.done,
    ]);
  });
