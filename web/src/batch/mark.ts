/** How a photo of a batch stands to the model's mark, and which photos are shown. */
import { kindOf } from '../answer/decision';
import { pointFor } from '../answer/operating-point';
import type { ModelInfo } from '../protocol/engine-messages';
import type { BatchRow } from './state';

/** `unmarked`: there is no answer, or no mark for such a picture. */
export type Standing = 'above' | 'below' | 'unmarked';

/** `chosen`: name of the mark that the person has chosen; null for the model's own. */
export function standingOf({ state }: BatchRow, model: ModelInfo | null, chosen: string | null): Standing {
  if (state.phase !== 'done' || !model || state.answer.model.version !== model.version) return 'unmarked';
  const { kind, decision } = state.answer;
  const point = pointFor(kindOf(kind, model.kinds)?.points ?? [], chosen);
  if (!point) return 'unmarked';
  return decision.malignant >= point.threshold ? 'above' : 'below';
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
