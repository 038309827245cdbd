/** What a screen reader says when the state changes; the page itself shows more. */

import { decisionFor, isDoubtful, PLAIN, strangerKey } from '../answer/decision';
import { isGuessing } from '../check/state';
import type { State } from '../state';
import { percent } from '../text/format';
import { t } from '../text/i18n';
import { labelName } from '../text/label-names';

function spoken(state: State): string {
  const { job, prior, accepted } = state;
  if (job.phase === 'working') return t('job.working');
  if (job.phase !== 'done') return '';
  const { decision } = decisionFor(job.answer, prior);
  const top = job.answer.model.labels.find(({ id }) => id === decision?.order[0]);
  if (!decision || !top) return '';
  if (isDoubtful(job.answer) && !accepted)
    return t(job.answer.notLesion ? strangerKey(job.answer.kind) : 'answer.gateHeading');
  if (isGuessing(state)) return t('guess.asked');
  if (decision.abstain) return t('answer.unsure');
  return t(job.answer.kind === PLAIN ? 'plain.spoken' : 'answer.spoken', {
    name: labelName(top),
    share: percent(decision.probabilities[top.id] ?? 0),
  });
}

export function Announcer({ state }: { state: State }) {
  return (
    <p class="unseen" role="status">
      {spoken(state)}
    </p>
  );
}
