/** The orders a batch can be shown in. */
import type { BatchRow } from './state';
import type { Standing } from './threshold';

export const ORDERS = ['came', 'above', 'name', 'malignant', 'kind'] as const;
export type Order = (typeof ORDERS)[number];

/* What has no answer comes last. */
const malignantOf = ({ state }: BatchRow) => (state.phase === 'done' ? state.answer.decision.malignant : -1);
const kindOf = ({ state }: BatchRow) => (state.phase === 'done' ? (state.answer.decision.order[0] ?? '') : '\uffff');

const RANKS: Record<Standing, number> = { above: 0, below: 1, none: 2 };

type Compare = (a: BatchRow, b: BatchRow) => number;

const COMPARE: Record<Exclude<Order, 'above'>, Compare> = {
  came: (a, b) => a.id - b.id,
  name: (a, b) => a.file.name.localeCompare(b.file.name, undefined, { numeric: true }),
  malignant: (a, b) => malignantOf(b) - malignantOf(a),
  kind: (a, b) => kindOf(a).localeCompare(kindOf(b)) || malignantOf(b) - malignantOf(a),
};

/** Those at or above their threshold first, and of each the largest sum. */
const aboveFirst =
  (standing: (row: BatchRow) => Standing): Compare =>
  (a, b) =>
    RANKS[standing(a)] - RANKS[standing(b)] || COMPARE.malignant(a, b);

export const sorted = (rows: BatchRow[], order: Order, standing: (row: BatchRow) => Standing): BatchRow[] =>
  rows.toSorted(order === 'above' ? aboveFirst(standing) : COMPARE[order]);
