/** The table of a batch as files to take along: CSV for spreadsheets, JSON for programs. */
import type { BatchAnswer, BatchRow } from './state';

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

function answerCells({ decision, prior, faults, notLesion, kind, model }: BatchAnswer, labels: string[]): Cell[] {
  return [
    decision.order[0] ?? '',
    decision.malignant,
    decision.set?.join(' ') ?? '',
    decision.abstain,
    notLesion,
    faults.join(' '),
    ...labels.map((label) => decision.probabilities[label] ?? ''),
    prior,
    kind ?? '',
    `${model.name} ${model.version}`,
    '',
  ];
}

export function batchCsv(rows: BatchRow[]): string {
  const labels = labelsOf(rows);
  const head = [
    'file',
    'label',
    'malignant',
    'set',
    'abstain',
    'not_a_lesion',
    'faults',
    ...labels,
    'prior',
    'kind',
    'model',
    'error',
  ];
  const lines = rows.map(({ file, state }): Cell[] => {
    if (state.phase === 'done') return [file.name, ...answerCells(state.answer, labels)];
    const error = state.phase === 'failed' ? state.failure.code : '';
    return [file.name, ...head.slice(2).map(() => ''), error];
  });
  return [head, ...lines].map((cells) => `${cells.map(quote).join(',')}\r\n`).join('');
}

/** One entry a photo, its members named as those of `lentigo classify --json`. */
export function batchJson(rows: BatchRow[]): string {
  const entries = rows.map(({ file: { name }, state }) => {
    if (state.phase === 'failed') return { file: name, error: state.failure };
    if (state.phase !== 'done') return { file: name };
    const { decision, prior, faults, notLesion, kind, model } = state.answer;
    const { order, probabilities, malignant, set, abstain } = decision;
    return {
      ...{ file: name, label: order[0], probabilities, malignant, prior, set, abstain },
      ...{ not_a_lesion: notLesion, kind, quality: { faults }, model },
    };
  });
  return `${JSON.stringify(entries, null, 1)}\n`;
}
