/** Which of an answer's decisions is shown. */
import type { Answer, PriorName } from '../shared/messages';

/** The decision for the prior chosen, else for the engine's default, which comes first. */
export function decisionFor(answer: Answer, chosen: PriorName | null) {
  const [first = ''] = Object.keys(answer.decisions);
  const prior = chosen !== null && chosen in answer.decisions ? chosen : first;
  return { prior, isDefault: prior === first, decision: answer.decisions[prior] };
}
