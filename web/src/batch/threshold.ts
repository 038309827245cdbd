/** How a photo of a batch stands to the threshold, and which photos are shown. */
import { isOfLesions, kindOf } from '../answer/decision';
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

/** A model that marks no class as malignant has no such sum, and no threshold on it. */
export const hasSums = (model: ModelInfo | null): boolean => model === null || isOfLesions(model);

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
