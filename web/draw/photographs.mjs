/**
 * The photographs to try the app with: web/samples/, with licence, credit and diagnosis of each in samples.csv beside
 * them. They are shipped as they are.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../samples/', import.meta.url));

/** How a diagnosis came about: the words of the data sets, and what the app calls it. */
const CONFIRMED_BY = {
  histo: 'histology',
  histopathology: 'histology',
  consensus: 'consensus',
  'single contributor clinical assessment': 'clinical',
};

/** The cells of one line; those with commas in them stand in quotes. */
const cellsOf = (line) =>
  [...line.matchAll(/(?:^|,)(?:"([^"]*)"|([^",]*))/g)].map(([, quoted, bare]) => quoted ?? bare);

function readTable() {
  const [head, ...lines] = readFileSync(join(FOLDER, 'samples.csv'), 'utf8').trim().split(/\r?\n/);
  const names = cellsOf(head);
  return lines.map((line) => Object.fromEntries(cellsOf(line).map((cell, i) => [names[i], cell])));
}

/** [{ id, kind, label, confirmed, licence, credit }]: kind of picture and class by the ids that the model has for them. */
export const PHOTOGRAPHS = readTable().map(({ file, kind, dx, confirmed_by, licence, credit }) => {
  const confirmed = CONFIRMED_BY[confirmed_by];
  if (!confirmed) throw new Error(`samples.csv: ${file} is confirmed by "${confirmed_by}", which nothing here names`);
  return { id: file.replace(/\.jpg$/, ''), kind, label: dx, confirmed, licence, credit };
});

/** The bytes of the JPEG file of that id. */
export const readPhotograph = (id) => readFileSync(join(FOLDER, `${id}.jpg`));
