/** A table of diagnoses: RFC 4180, separated by commas, semicolons or tabs; the same columns as `lentigo evaluate` takes. */
import { Fault } from '../protocol/fault';

export interface Line {
  file: string;
  diagnosis: string;
  lesion: string | null;
}

/* Names of columns, the first that is there is taken. */
const FILE = ['file', 'filename', 'image', 'image_id', 'isic_id', 'picture', 'path'];
const DIAGNOSIS = ['diagnosis', 'dx', 'label', 'class', 'target'];
const LESION = ['lesion', 'lesion_id'];

const BYTE_ORDER_MARK = /^\uFEFF/;

/** Rows of fields; quotes are taken off. */
function cut(text: string, separator: string): string[][] {
  const rows: string[][] = [[]];
  const pattern = new RegExp(`("(?:[^"]|"")*"|[^"${separator}\\r\\n]*)(${separator}|\\r?\\n|\\r|$)`, 'gy');
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const [, field = '', end] = match;
    rows.at(-1)?.push(field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field);
    if (end === '' || pattern.lastIndex >= text.length) return rows;
    if (end !== separator) rows.push([]);
  }
  throw new Fault('cases', `CSV, line ${rows.length}: a quote is not closed, or stands within a field`);
}

function separatorOf(head: string): string {
  return [',', ';', '\t'].find((candidate) => head.includes(candidate)) ?? ',';
}

/** Throws `cases` with the line that is wrong. */
export function readCsv(content: string): Line[] {
  const text = content.replace(BYTE_ORDER_MARK, '');
  const [head = [], ...rows] = cut(text, separatorOf(text.split(/[\r\n]/, 1)[0] ?? ''));
  const names = head.map((name) => name.trim().toLowerCase());
  const column = (wanted: string[]) => names.indexOf(wanted.find((name) => names.includes(name)) ?? '');
  const [file, diagnosis, lesion] = [column(FILE), column(DIAGNOSIS), column(LESION)];
  if (file < 0) throw new Fault('cases', 'CSV: no column is called file');
  if (diagnosis < 0) throw new Fault('cases', 'CSV: no column is called diagnosis');
  return rows.flatMap((row, i) => {
    if (row.length === 1 && row[0] === '') return [];
    const [name, said] = [row[file]?.trim(), row[diagnosis]?.trim()];
    if (!name || said === undefined) throw new Fault('cases', `CSV, line ${i + 2}: no file or no diagnosis`);
    return [{ file: name, diagnosis: said, lesion: row[lesion]?.trim() || null }];
  });
}
