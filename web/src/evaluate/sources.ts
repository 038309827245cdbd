/** Pictures with their diagnoses out of what a person has chosen: a folder, several files or a ZIP, perhaps with a CSV. */
import { Fault } from '../protocol/fault';
import { readCsv } from './csv';
import type { Source } from './source';

export interface Case extends Source {
  /** As the folder or the CSV file says it. */
  diagnosis: string;
  /** Id of the lesion; null where it is not known. */
  lesion: string | null;
}

const isZip = ({ name }: File) => /\.zip$/i.test(name);
const isCsv = ({ path }: Source) => /\.(?:csv|tsv)$/i.test(path);
const isPicture = ({ path }: Source) => /\.(?:jpe?g|png|webp|avif|heic|bmp|gif)$/i.test(path);
/* What file managers leave behind. */
const isHidden = ({ path }: Source) => /(?:^|\/)(?:\.|__MACOSX\/)/.test(path);

const fromFile = (file: File): Source => ({ path: file.webkitRelativePath || file.name, read: async () => file });

async function sourcesOf(file: File): Promise<Source[]> {
  if (!isZip(file)) return [fromFile(file)];
  const { listZip } = await import('./zip');
  return listZip(file);
}

const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);
const withoutEnding = (name: string) => name.replace(/\.\w+$/, '');

/** The folder that all lie in says nothing. */
function stripCommon(sources: Source[]): Source[] {
  const first = sources[0]?.path.split('/') ?? [];
  const common = first.length > 1 && sources.every(({ path }) => path.startsWith(`${first[0]}/`));
  const deep = sources.every(({ path }) => path.split('/').length > 2);
  return common && deep
    ? sources.map(({ path, read }) => ({ read, path: path.slice(path.indexOf('/') + 1) }))
    : sources;
}

/** By the topmost folder that not all of them lie in. */
function byFolder(pictures: Source[]): Case[] {
  return stripCommon(pictures).map((source) => {
    const [folder, ...rest] = source.path.split('/');
    return { ...source, diagnosis: rest.length > 0 ? (folder ?? '') : '', lesion: null };
  });
}

/** By the lines of a CSV file; its names are with or without folders and endings. */
async function byCsv(table: Source, pictures: Source[]): Promise<Case[]> {
  const byName = new Map<string, Source>();
  for (const source of pictures)
    for (const name of [nameOf(source.path), withoutEnding(nameOf(source.path))])
      byName.set(name.toLowerCase(), source);
  for (const source of pictures) byName.set(source.path.toLowerCase(), source);
  const lines = readCsv(await (await table.read()).text());
  const found = lines.flatMap(({ file, diagnosis, lesion }) => {
    const source = byName.get(file.toLowerCase()) ?? byName.get(nameOf(file).toLowerCase());
    return source ? [{ ...source, diagnosis, lesion }] : [];
  });
  if (found.length === 0)
    throw new Fault('cases', `${table.path}: none of its ${lines.length} files is among those chosen`);
  return found;
}

/** Throws `cases` where there is nothing to go by. */
export async function casesOf(files: File[]): Promise<Case[]> {
  const sources = (await Promise.all(files.map(sourcesOf))).flat().filter((source) => !isHidden(source));
  const pictures = sources.filter(isPicture);
  const tables = sources.filter(isCsv);
  if (pictures.length === 0) throw new Fault('cases', `${sources.length} files, no pictures among them`);
  if (tables.length > 1) throw new Fault('cases', tables.map(({ path }) => path).join(', '));
  const cases = tables[0] ? await byCsv(tables[0], pictures) : byFolder(pictures);
  return cases.sort((a, b) => (a.path < b.path ? -1 : 1));
}
