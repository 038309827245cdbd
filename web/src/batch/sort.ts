/** The orders a batch can be shown in. */
import type { BatchRow } from './state';

export const ORDERS = ['came', 'name', 'malignant', 'kind'] as const;
export type Order = (typeof ORDERS)[number];

/* What has no answer comes last. */
const malignantOf = ({ state }: BatchRow) => (state.phase === 'done' ? state.answer.decision.malignant : -1);
const kindOf = ({ state }: BatchRow) => (state.phase === 'done' ? (state.answer.decision.order[0] ?? '') : '\uffff');

const COMPARE: Record<Order, (a: BatchRow, b: BatchRow) => number> = {
  came: (a, b) => a.id - b.id,
  name: (a, b) => a.file.name.localeCompare(b.file.name, undefined, { numeric: true }),
  malignant: (a, b) => malignantOf(b) - malignantOf(a),
  kind: (a, b) => kindOf(a).localeCompare(kindOf(b)) || malignantOf(b) - malignantOf(a),
};

export const sorted = (rows: BatchRow[], order: Order): BatchRow[] => rows.toSorted(COMPARE[order]);
