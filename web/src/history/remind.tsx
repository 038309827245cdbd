/** A calendar file that reminds of the next photo. */

import { downloadFile } from '../download/download';
import { t } from '../text/i18n';
import { reminder } from './calendar';

const MONTHS = [1, 3, 6] as const;

export function Remind() {
  const remind = (months: number) =>
    downloadFile(reminder(Date.now(), months, t('remind.summary'), t('app.notDiagnosis')), 'lentigo.ics');
  return (
    <details class="remind">
      <summary class="button button-small">{t('remind.open')}</summary>
      <div class="button-row">
        {MONTHS.map((months) => (
          <button
            key={months}
            type="button"
            class="button button-small"
            data-months={months}
            onClick={() => remind(months)}
          >
            {t('remind.months', { count: months })}
          </button>
        ))}
      </div>
      <p class="aside">{t('remind.note')}</p>
    </details>
  );
}
