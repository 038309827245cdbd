/** The table of a batch as files to take along: CSV for spreadsheets, JSON for programs. */
import type { OperatingPoint } from '../protocol/engine-messages';
import type { BatchAnswer, BatchRow } from './state';
import { standingOf } from './threshold';

/** The point whose threshold holds for a photo; null where there is none. */
type PointOf = (row: BatchRow) => OperatingPoint | null;

type Cell = string | number | boolean;

/** A spreadsheet would run a text that begins like a formula; an apostrophe keeps it a text. */
function quote(cell: Cell): string {
  if (typeof cell !== 'string') return String(cell);
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const labelsOf = (rows: BatchRow[]): string[] => {
  const done = rows.find(({ state }) => state.phase === 'done')?.state;
  return done?.phase === 'done' ? Object.keys(done.answer.decision.probabilities).sort() : [];
};

/** At or above the threshold; null where there is none. */
function isAbove(row: BatchRow, point: OperatingPoint | null): boolean | null {
  const standing = standingOf(row, point);
  return standing === 'none' ? null : standing === 'above';
}

/** `threshold`: the cells of the sum that follow it; null where there are no sums. */
function answerCells(answer: BatchAnswer, labels: string[], threshold: Cell[] | null): Cell[] {
  const { decision, prior, faults, notLesion, kind, model } = answer;
  return [
    decision.order[0] ?? '',
    ...(threshold ? [decision.malignant] : []),
    decision.set?.join(' ') ?? '',
    decision.abstain,
    notLesion,
    faults.join(' '),
    ...labels.map((label) => decision.probabilities[label] ?? ''),
    prior,
    kind ?? '',
    ...(threshold ?? []),
    `${model.name} ${model.version}`,
    '',
  ];
}

/** `sums`: of malignant classes, or of those that the person has marked; a model may have none of these. */
export function batchCsv(rows: BatchRow[], pointOf: PointOf, sums: boolean): string {
  const labels = labelsOf(rows);
  const head = [
    'file',
    'label',
    ...(sums ? ['malignant'] : []),
    'set',
    'abstain',
    'not_a_lesion',
    'faults',
    ...labels,
    'prior',
    'kind',
    ...(sums ? ['threshold', 'above_threshold'] : []),
    'model',
    'error',
  ];
  const lines = rows.map((row): Cell[] => {
    const { file, state } = row;
    const point = pointOf(row);
    const threshold = sums ? [point?.threshold ?? '', isAbove(row, point) ?? ''] : null;
    if (state.phase === 'done') return [file.name, ...answerCells(state.answer, labels, threshold)];
    const error = state.phase === 'failed' ? state.failure.code : '';
    return [file.name, ...head.slice(2).map(() => ''), error];
  });
  return [head, ...lines].map((cells) => `${cells.map(quote).join(',')}\r\n`).join('');
}

/** One entry a photo, its members named as those of `lentigo classify --json`, and how it stands to the threshold. */
export function batchJson(rows: BatchRow[], pointOf: PointOf): string {
  const entries = rows.map((row) => {
    const { name } = row.file;
    const { state } = row;
    if (state.phase === 'failed') return { file: name, error: state.failure };
    if (state.phase !== 'done') return { file: name };
    const { decision, prior, faults, notLesion, kind, model } = state.answer;
    const { order, probabilities, malignant, set, abstain } = decision;
    const point = pointOf(row);
    return {
      ...{ file: name, label: order[0], probabilities, malignant, prior, set, abstain },
      ...{ not_a_lesion: notLesion, kind, quality: { faults }, model },
      ...{ threshold: point?.threshold ?? null, above_threshold: isAbove(row, point) },
    };
  });
  return `${JSON.stringify(entries, null, 1)}\n`;
}
