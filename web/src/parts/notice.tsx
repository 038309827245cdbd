/** A failure, in plain words, with the technical line beneath and a way on. */
import type { Failure } from '../shared/fault';
import { text } from '../text/en';

interface Props {
  heading?: string;
  failure: Failure;
  onRetry?: () => void;
}

export function Notice({ heading, failure, onRetry }: Props) {
  return (
    <div class="notice" role="alert" data-fault={failure.code}>
      {heading && <h2 class="notice-heading">{heading}</h2>}
      <p>{text.faults[failure.code] ?? text.faults.crash}</p>
      {failure.detail && <p class="notice-detail">{failure.detail}</p>}
      {onRetry && (
        <button type="button" class="button" onClick={onRetry}>
          {text.job.retry}
        </button>
      )}
    </div>
  );
}
