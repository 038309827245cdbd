/**
 * The history in IndexedDB. Every change is one transaction: it is there whole or not at all, so that a full
 * disk loses nothing that was stored before. And every call has an end: done, failed, or given up after a time.
 */
import { type DBSchema, deleteDB, type IDBPDatabase, type IDBPTransaction, openDB, type StoreNames } from 'idb';
import { inTime } from '../../protocol/deadline';
import { Fault, type FaultCode } from '../../protocol/fault';
import type { Entry, Lesion, Picture, PictureName } from '../entry';

/** As it lies there: until version 2 the pictures were in it, as Blobs. */
export type StoredEntry = Omit<Entry, PictureName> & { photo: Picture | Blob; square: Picture | Blob | null };

/** Bytes, since some browsers refuse Blobs and others have given short ones back. */
export interface StoredPicture {
  key: string;
  bytes: ArrayBuffer;
}

interface Schema extends DBSchema {
  lesions: { key: string; value: Lesion };
  entries: { key: string; value: StoredEntry };
  pictures: { key: string; value: StoredPicture };
}

type Mode = 'readonly' | 'readwrite';
export type Transaction<M extends Mode> = IDBPTransaction<Schema, StoreNames<Schema>[], M>;

const NAME = `lentigo-history:${new URL('./', document.baseURI).pathname}`;
/** 1: pictures are Blobs in the entries. 2: they are bytes in a store of their own (legacy.ts brings them over). */
const VERSION = 2;
const STORES: StoreNames<Schema>[] = ['lesions', 'entries', 'pictures'];
const OPEN_MS = 10_000;
const WORK_MS = 20_000;

type Connection = Promise<IDBPDatabase<Schema>>;

/** Ends in time; `late` is the same without that end. */
let opened: { connection: Connection; late: Connection } | null = null;

function forget(which: typeof opened): void {
  if (opened === which) opened = null;
  /* Also one that opens late, when nobody waits for it any more. */
  which?.late.then((db) => db.close()).catch(() => undefined);
}

function open(): NonNullable<typeof opened> {
  let blocked = false;
  const late = openDB<Schema>(NAME, VERSION, {
    upgrade(db, from) {
      if (from < 1) {
        db.createObjectStore('lesions', { keyPath: 'id' });
        db.createObjectStore('entries', { keyPath: 'id' });
      }
      if (from < 2) db.createObjectStore('pictures', { keyPath: 'key' });
    },
    blocked: () => {
      blocked = true;
    },
    /* Another tab wants it gone or newer: let go, and open it anew when next asked. */
    blocking: () => forget(opening),
    terminated: () => forget(opening),
  });
  const connection = inTime(late, OPEN_MS, () => (blocked ? 'history-elsewhere' : 'history-time-out'));
  const opening = { connection, late };
  opened = opening;
  connection.catch(() => forget(opening));
  return opening;
}

const CODES: Record<string, FaultCode> = { QuotaExceededError: 'history-full', VersionError: 'history-newer' };

function toFault(error: unknown): Fault {
  if (error instanceof Fault) return error;
  const { name, message } = error as DOMException;
  return new Fault(Object.hasOwn(CODES, name) ? (CODES[name] as FaultCode) : 'history-blocked', `${name}: ${message}`);
}

/** A transaction over all there is. A connection that was lost since it was last used is made anew, once. */
async function begin<M extends Mode>(mode: M): Promise<Transaction<M>> {
  for (let again = false; ; again = true) {
    const { connection } = opened ?? open();
    const db = await connection;
    try {
      /* Kept is what lies on the disk. */
      return db.transaction(STORES, mode, { durability: 'strict' }) as Transaction<M>;
    } catch (error) {
      forget(opened);
      if (again) throw error;
    }
  }
}

function abort(transaction: Transaction<Mode>): void {
  try {
    transaction.abort();
  } catch {
    /* It has ended by itself. */
  }
}

/** What `work` gives once all it wrote is stored; where it throws or takes too long, nothing is. */
export async function transact<M extends Mode, T>(mode: M, work: (on: Transaction<M>) => Promise<T>): Promise<T> {
  try {
    const transaction = await begin(mode);
    const used = opened;
    /* The transaction's own end says best why it failed: its requests only say that it did. */
    const end = transaction.done.then(
      () => null,
      (reason: DOMException) => reason,
    );
    const worked = work(transaction).catch(async (error) => {
      abort(transaction as Transaction<Mode>);
      const reason = await end;
      throw error instanceof Fault || reason === null || reason.name === 'AbortError' ? error : reason;
    });
    const done = worked.then(async (value) => {
      const reason = await end;
      if (reason) throw reason;
      return value;
    });
    return await inTime(done, WORK_MS, () => {
      abort(transaction as Transaction<Mode>);
      forget(used);
      return 'history-time-out';
    });
  } catch (error) {
    throw toFault(error);
  }
}

/** Everything gone: also where the database can be neither opened nor read. */
export async function destroy(): Promise<void> {
  forget(opened);
  let blocked = false;
  try {
    await inTime(
      deleteDB(NAME, {
        blocked: () => {
          blocked = true;
        },
      }),
      OPEN_MS,
      () => (blocked ? 'history-elsewhere' : 'history-time-out'),
    );
  } catch (error) {
    throw toFault(error);
  }
}

/* Without it two tabs find out about each other's changes when they next read. */
const channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel(NAME) : null;

/** Tell the app's other tabs that something has changed. */
export const tell = (): void => channel?.postMessage('changed');

export function onChangeElsewhere(listener: () => void): void {
  channel?.addEventListener('message', listener);
}

/* Of all tabs: who holds the first may add pictures that no entry has yet, or sweep such away; the second is an import's. */
const LOCK = NAME;
const IMPORT_LOCK = `${NAME}:import`;

/** Sweep by `work`, but not while pictures are added that no entry has yet. Without locks nobody knows, and it runs. */
export async function sweeping(work: () => Promise<void>): Promise<void> {
  if (!navigator.locks) return work();
  await navigator.locks.request(LOCK, { ifAvailable: true }, async (lock) => {
    if (lock) await work();
  });
}

/** Import by `work`. False where another import is under way in any tab; a sweep under way is waited for. */
export async function importing(work: () => Promise<void>): Promise<boolean> {
  if (!navigator.locks) {
    await work();
    return true;
  }
  return navigator.locks.request(IMPORT_LOCK, { ifAvailable: true }, async (only) => {
    if (!only) return false;
    const patience = AbortSignal.timeout(WORK_MS);
    let begun = false;
    try {
      await navigator.locks.request(LOCK, { signal: patience }, () => {
        begun = true;
        return work();
      });
    } catch (error) {
      throw begun ? error : new Fault('history-time-out', 'the sweep of pictures has not ended');
    }
    return true;
  });
}
