/** Trying to reach another site, and what the browser made of it. */
import { useState } from 'preact/hooks';
import type { ProbeResult } from '../probe/probe';
import { t } from '../text/i18n';
import type { ProbeReport } from './actions';

function List({ heading, results }: { heading: string; results: ProbeResult[] | null }) {
  return (
    <div class="probes">
      <h4 class="probes-heading">{heading}</h4>
      {results === null && <p>{t('privacy.noWorker')}</p>}
      <ul>
        {results?.map(({ way, outcome, directive }) => (
          <li key={way} class="probe" data-way={way} data-outcome={outcome}>
            <span>{t(`privacy.way.${way}`)}</span>
            <span class="probe-outcome">{t(`privacy.outcome.${outcome}`, { directive })}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function verdictOf({ page, closed, worker }: ProbeReport) {
  const outcomes = [...page, ...closed, ...(worker ?? [])].map(({ outcome }) => outcome);
  if (outcomes.includes('arrived')) return t('privacy.arrived');
  if (outcomes.includes('open')) return t('privacy.someOpen');
  return t(outcomes.includes('unclear') ? 'privacy.noneArrived' : 'privacy.allRefused');
}

export function ProbePanel({ onTry }: { onTry: () => Promise<ProbeReport> }) {
  const [report, setReport] = useState<ProbeReport | null>(null);
  const [busy, setBusy] = useState(false);
  const run = async () => {
    setBusy(true);
    setReport(await onTry());
    setBusy(false);
  };
  return (
    <section class="block trial" aria-busy={busy}>
      <h3 class="small-heading">{t('privacy.tryHeading')}</h3>
      <p>{t('privacy.try')}</p>
      {!navigator.onLine && <p class="aside">{t('privacy.offline')}</p>}
      <button type="button" class="button button-main trial-button" aria-disabled={busy} onClick={() => busy || run()}>
        {t(busy ? 'privacy.trying' : report ? 'privacy.again' : 'privacy.button')}
      </button>
      <p class="trial-verdict" role="status">
        {report && verdictOf(report)}
      </p>
      {report && (
        <div class="trial-lists">
          <List heading={t('privacy.fromPage')} results={report.page} />
          <List heading={t('privacy.fromWorker')} results={report.worker} />
          <List heading={t('privacy.byScript')} results={report.closed} />
        </div>
      )}
    </section>
  );
}
