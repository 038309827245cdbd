/** A failure, in plain words, with the technical line beneath and a way on. */
import type { ComponentChildren } from 'preact';
import type { Failure } from '../protocol/fault';
import { t, tIfAny } from '../text/i18n';

interface Props {
  heading?: string;
  failure: Failure;
  /** What it means, where that is not said for all screens. */
  words?: string | null;
  onRetry?: () => void;
  /** What more there is to say. */
  children?: ComponentChildren;
}

export function Notice({ heading, failure, words, onRetry, children }: Props) {
  return (
    <div class="notice" role="alert" data-fault={failure.code}>
      {heading && <h2 class="notice-heading">{heading}</h2>}
      <p>{words ?? tIfAny(`fault.${failure.code}`) ?? t('fault.crash')}</p>
      {failure.detail && (
        <p class="notice-detail" translate={false} lang="en" dir="ltr">
          {failure.detail}
        </p>
      )}
      {children}
      {onRetry && (
        <button type="button" class="button" onClick={onRetry}>
          {t('job.retry')}
        </button>
      )}
    </div>
  );
}
