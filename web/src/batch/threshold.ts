/** How a photo of a batch stands to the threshold, and which photos are shown. */
import { kindOf } from '../answer/decision';
import { pointFor } from '../answer/operating-point';
import type { ModelInfo, OperatingPoint } from '../protocol/engine-messages';
import type { BatchRow } from './state';

/**
 * The point whose threshold holds for a photo; null where there is no answer, none of this model, or the model has no
 * threshold for such a picture. `chosen`: name of the point that the person has chosen; null for the model's own.
 */
export function pointOf({ state }: BatchRow, model: ModelInfo | null, chosen: string | null): OperatingPoint | null {
  if (state.phase !== 'done' || !model || state.answer.model.version !== model.version) return null;
  return pointFor(kindOf(state.answer.kind, model.kinds)?.points ?? [], chosen);
}

/**
 * A model without malignant classes has no sum of these, and no threshold on it; its sum is 0, where that of any other is
 * more. Of another model that has been at work before there may be sums in the table.
 */
export const hasSums = (model: ModelInfo | null, rows: BatchRow[]): boolean =>
  model === null ||
  model.labels.some(({ malignant, marked }) => malignant || marked) ||
  rows.some(({ state }) => state.phase === 'done' && state.answer.decision.malignant > 0);

/** The sum is of classes that the person has marked. */
export const isOfMarked = (model: ModelInfo | null): boolean => model?.labels.some(({ marked }) => marked) ?? false;

/** Its sums can be held against a threshold. */
export const hasPoints = (model: ModelInfo | null): boolean =>
  model === null || model.kinds.some(({ points }) => points.length > 0);

/** `none`: there is no threshold to hold it against. */
export type Standing = 'above' | 'below' | 'none';

export function standingOf({ state }: BatchRow, point: OperatingPoint | null): Standing {
  if (state.phase !== 'done' || !point) return 'none';
  return state.answer.decision.malignant >= point.threshold ? 'above' : 'below';
}

export const FILTERS = ['all', 'above', 'doubtful', 'failed'] as const;
export type Filter = (typeof FILTERS)[number];

const isDoubtful = ({ state }: BatchRow) =>
  state.phase === 'done' && (state.answer.notLesion || state.answer.decision.abstain || state.answer.faults.length > 0);

export const PASSES: Record<Filter, (row: BatchRow, standing: Standing) => boolean> = {
  all: () => true,
  above: (_, standing) => standing === 'above',
  doubtful: isDoubtful,
  failed: ({ state }) => state.phase === 'failed',
};
