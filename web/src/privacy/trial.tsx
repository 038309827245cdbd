/** The attempt to reach another site, and what the browser made of it. */
import { useState } from 'preact/hooks';
import type { Attempt } from '../probe/probe';
import { t } from '../text/i18n';
import type { Attempts } from './actions';

function List({ heading, attempts }: { heading: string; attempts: Attempt[] | null }) {
  return (
    <div class="attempts">
      <h4 class="attempts-heading">{heading}</h4>
      {attempts === null && <p>{t('privacy.noWorker')}</p>}
      <ul>
        {attempts?.map(({ way, outcome, directive }) => (
          <li key={way} class="attempt" data-way={way} data-outcome={outcome}>
            <span>{t(`privacy.way.${way}`)}</span>
            <span class="attempt-outcome">{t(`privacy.outcome.${outcome}`, { directive })}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function verdictOf({ page, closed, worker }: Attempts) {
  const outcomes = [...page, ...closed, ...(worker ?? [])].map(({ outcome }) => outcome);
  if (outcomes.includes('arrived')) return t('privacy.arrived');
  if (outcomes.includes('open')) return t('privacy.someOpen');
  return t(outcomes.includes('unclear') ? 'privacy.noneArrived' : 'privacy.allRefused');
}

export function Trial({ onTry }: { onTry: () => Promise<Attempts> }) {
  const [attempts, setAttempts] = useState<Attempts | null>(null);
  const [busy, setBusy] = useState(false);
  const attempt = async () => {
    setBusy(true);
    setAttempts(await onTry());
    setBusy(false);
  };
  return (
    <section class="block trial" aria-busy={busy}>
      <h3 class="small-heading">{t('privacy.tryHeading')}</h3>
      <p>{t('privacy.try')}</p>
      {!navigator.onLine && <p class="aside">{t('privacy.offline')}</p>}
      <button type="button" class="button button-main trial-button" disabled={busy} onClick={attempt}>
        {t(busy ? 'privacy.trying' : attempts ? 'privacy.again' : 'privacy.button')}
      </button>
      <p class="trial-verdict" role="status">
        {attempts && verdictOf(attempts)}
      </p>
      {attempts && (
        <div class="trial-lists">
          <List heading={t('privacy.fromPage')} attempts={attempts.page} />
          <List heading={t('privacy.fromWorker')} attempts={attempts.worker} />
          <List heading={t('privacy.byScript')} attempts={attempts.closed} />
        </div>
      )}
    </section>
  );
}
