/* The history as a person uses it, and as it lies in the browser. Node only. */
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { answered, choose, FOLDER, openSaveForm, tap, visit, WAIT } from './app.mjs';

export async function turnOn(page) {
  await visit(page, '#/history', '.turn-on');
  await tap(page, '.turn-on');
  await page.waitForSelector('[data-lesions]', WAIT);
}

/** Have a file looked at and keep it under a name. */
export async function keepFile(page, file, name) {
  await visit(page, '#/', '.check');
  await choose(page, file);
  await page.waitForSelector('[data-job=working], [data-job=done]', WAIT);
  await answered(page);
  await openSaveForm(page);
  await page.type('.save-form input[name=name]', name);
  await tap(page, '.save-form [type=submit]');
  await page.waitForSelector('.saved', WAIT);
}

/** Bring an archive in; gives the notice's code and detail, or null where it went well. */
export async function bringIn(page, path) {
  /* What an earlier one said is to be gone first. */
  await page.evaluate(() => {
    for (const old of document.querySelectorAll('.tools .notice, .tools .news')) old.dataset.old = '';
  });
  const input = await page.waitForSelector('input[name=archive]', WAIT);
  await input.uploadFile(path);
  await page.waitForSelector('.tools .notice:not([data-old]), .tools .news:not([data-old])', WAIT);
  return page.evaluate(() => {
    const notice = document.querySelector('.tools .notice');
    return notice && { code: notice.dataset.fault, detail: notice.querySelector('.notice-detail')?.textContent ?? '' };
  });
}

export async function deleteAll(page) {
  await tap(page, '.tools [data-ask]');
  await tap(page, '.tools [data-confirm]');
  await page.waitForSelector('[data-lesions="0"], .turn-on', WAIT);
}

/** Where downloads of `page` go. */
export async function downloads(page, name) {
  const folder = `${FOLDER}${name}`;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const client = await page.createCDPSession();
  await client.send('Browser.setDownloadBehavior', {
    behavior: 'allow',
    downloadPath: folder,
    browserContextId: page.browserContext().id,
  });
  return {
    async next() {
      for (let i = 0; i < 600; i++) {
        const [file] = readdirSync(folder).filter((found) => !found.endsWith('.crdownload'));
        if (file) {
          const bytes = readFileSync(`${folder}/${file}`);
          rmSync(`${folder}/${file}`);
          return { file, bytes };
        }
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      throw new Error('no download');
    },
  };
}

/**
 * What `work` makes of the open database of the history, in the page. It gets the database and `ask`, which turns a
 * request into a promise; `args` follow.
 */
export const inDatabase = (page, work, ...args) =>
  page.evaluate(
    `(async (...args) => {
      const ask = (request) => new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
      const [{ name }] = (await indexedDB.databases()).filter(({ name }) => name.startsWith('lentigo-history'));
      const db = await ask(indexedDB.open(name));
      try {
        return await (${work})(db, ask, ...args);
      } finally {
        db.close();
      }
    })(...${JSON.stringify(args)})`,
  );

/** How many records each store holds. */
export const counts = (page) =>
  inDatabase(page, async (db, ask) => {
    const names = [...db.objectStoreNames];
    const on = db.transaction(names);
    const numbers = await Promise.all(names.map((name) => ask(on.objectStore(name).count())));
    return Object.fromEntries(names.map((name, i) => [name, numbers[i]]));
  });
