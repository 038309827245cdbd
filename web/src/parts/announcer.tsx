/** What a screen reader says when the state changes; the page itself shows more. */
import type { State } from '../state';
import { text } from '../text/en';
import { percent } from '../text/format';
import { decisionFor } from './answer';

function spoken({ job, prior }: State): string {
  if (job.phase === 'working') return text.job.working;
  if (job.phase !== 'done') return '';
  const { decision } = decisionFor(job.answer, prior);
  const top = job.answer.model.labels.find(({ id }) => id === decision?.order[0]);
  if (!decision || !top) return '';
  return text.answer.spoken(top.name, percent(decision.probabilities[top.id] ?? 0));
}

export function Announcer({ state }: { state: State }) {
  return (
    <p class="unseen" role="status">
      {spoken(state)}
    </p>
  );
}
