/**
 * Which versions of the app live in this browser. When a newer one takes over, pages of the one before may still be
 * open; they will ask for their own scripts, screens and engine. So each version leaves a note of its files, and a
 * version's files stay until the last page that was open when it was replaced is gone.
 */
import { openCache } from './app-cache';
import type { Files } from './files';
import { pathBelow } from './routes';
import { scope } from './site';

declare const self: ServiceWorkerGlobalScope;

interface Version {
  files: Files;
  /** It answers pages, or did last. */
  active: boolean;
  /** Pages that were open when it was replaced, by their id. */
  pages: string[];
  /** When it was replaced. */
  replaced: number;
}

const NOTES = `lentigo-versions:${scope.pathname}`;
const noteUrl = (id: string) => new URL(`versions/${id}`, scope).href;

const openNotes = () => caches.open(NOTES);

async function writeNote(url: string, version: Version): Promise<void> {
  await (await openNotes()).put(url, new Response(JSON.stringify(version)));
}

/** All but `except`, by the address of their note. One that cannot be read is none. */
async function readNotes(except: string): Promise<Map<string, Version>> {
  const notes = new Map<string, Version>();
  const cache = await openNotes();
  for (const { url } of await cache.keys()) {
    if (url === except) continue;
    try {
      notes.set(url, await (await cache.match(url))?.json());
    } catch {
      await cache.delete(url);
    }
  }
  return notes;
}

/** Ids of the app's open pages, whoever serves them. */
async function openPages(): Promise<string[]> {
  const clients = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  return clients.filter(({ url }) => pathBelow(scope, url) !== null).map(({ id }) => id);
}

/** The files of a version from before there were notes: what lies in the cache and is not this version's. */
async function filesWithoutNote(own: ReadonlySet<string>): Promise<Files> {
  const keys = (await (await openCache()).keys()).map(({ url }) => url).filter((key) => !own.has(key));
  return Object.fromEntries(keys.map((key) => [pathBelow(scope, key) ?? '', key]));
}

export class Versions {
  readonly #note: string;
  readonly #files: Files;
  readonly #own: ReadonlySet<string>;
  #older: Promise<Version[]> | null = null;

  /** `id` is this version's, `files` all of its files. */
  constructor(id: string, files: Files) {
    this.#note = noteUrl(id);
    this.#files = files;
    this.#own = new Set(Object.values(files));
  }

  /** Before the first file is cached, so that nobody takes the files for leftovers. */
  announce(): Promise<void> {
    return this.#write(false);
  }

  /** This version answers from now on. The one before stays for the pages that are open. */
  async takeOver(): Promise<void> {
    const [notes, pages] = [await readNotes(this.#note), await openPages()];
    const before = [...notes].filter(([, { active }]) => active);
    const unnoted = before.length > 0 ? {} : await filesWithoutNote(this.#own);
    if (Object.keys(unnoted).length > 0)
      before.push([noteUrl('unnoted'), { files: unnoted, active: true, pages: [], replaced: 0 }]);
    const replaced = Date.now();
    for (const [url, { files }] of before) await writeNote(url, { files, active: false, pages, replaced });
    await this.#write(true);
    await this.tidy();
  }

  /**
   * Let go of the versions of which no page is open any more, and of files that belong to none. Not while another is
   * on its way or has taken over meanwhile: that one has cached files already, of which this one knows nothing.
   */
  async tidy(): Promise<void> {
    const files = await openCache();
    const there = await files.keys();
    const notes = await readNotes(this.#note);
    const open = new Set(await openPages());
    if (this.#isFollowed() || [...notes.values()].some(({ active }) => active)) return;
    const cache = await openNotes();
    /* The browser may have cleared it. */
    if (!(await cache.match(this.#note))) await this.#write(true);
    const wanted = new Set(this.#own);
    for (const [url, { files, pages }] of notes) {
      if (pages.some((id) => open.has(id))) for (const key of Object.values(files)) wanted.add(key);
      else await cache.delete(url);
    }
    this.#older = null;
    for (const { url } of there) if (!wanted.has(url) && !this.#isFollowed()) await files.delete(url);
  }

  #isFollowed(): boolean {
    const { installing, waiting } = self.registration;
    return installing !== null || waiting !== null;
  }

  /** Where `path` lies for the page `client`; null where no version that lives has such a file. */
  async keyFor(path: string, client: string): Promise<string | null> {
    const older = await this.#olderVersions();
    const its = older.find(({ pages }) => pages.includes(client));
    /* A worker is a client of its own, by an id that nobody noted. */
    for (const { files } of [...(its ? [its] : []), { files: this.#files }, ...older])
      if (Object.hasOwn(files, path)) return files[path] ?? null;
    return null;
  }

  #write(active: boolean): Promise<void> {
    return writeNote(this.#note, { files: this.#files, active, pages: [], replaced: 0 });
  }

  #olderVersions(): Promise<Version[]> {
    const sorted = async () => [...(await readNotes(this.#note)).values()].sort((a, b) => a.replaced - b.replaced);
    this.#older ??= sorted().catch(() => []);
    return this.#older;
  }
}
