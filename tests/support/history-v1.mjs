/*
 * The history's database as the first version of the app made it: pictures are Blobs in the entries. Kept as it was,
 * since databases of it are out there. Runs in the page.
 */
import { openDB } from 'idb';

const NAME = `lentigo-history:${new URL('./', document.baseURI).pathname}`;
const VERSION = 1;

const open = () =>
  openDB(NAME, VERSION, {
    upgrade(db) {
      db.createObjectStore('lesions', { keyPath: 'id' });
      db.createObjectStore('entries', { keyPath: 'id' });
    },
  });

export async function putHistory({ lesions = [], entries = [] }) {
  const db = await open();
  const transaction = db.transaction(['lesions', 'entries'], 'readwrite');
  const puts = [
    ...lesions.map((lesion) => transaction.objectStore('lesions').put(lesion)),
    ...entries.map((entry) => transaction.objectStore('entries').put(entry)),
  ];
  await Promise.all([...puts, transaction.done]);
  db.close();
}
