/** Saving the answer shown in the history: with a lesion there is, or a new one. */
import { useRememberedState } from '../navigation/remembered-state';
import { href } from '../navigation/route';
import { t } from '../text/i18n';
import { late } from '../widgets/late';
import { Notice } from '../widgets/notice';
import type { SaveProps } from './save-form';

const SaveForm = late(async () => (await import('./save-form')).SaveForm);

export function SaveToHistory({ state, ticket, actions }: SaveProps) {
  const { preferences, savedAs, historyFailure } = state;
  const [open, setOpen] = useRememberedState(`save ${ticket} open`, false);
  return (
    <section class="block save">
      <h3 class="small-heading">{t('save.heading')}</h3>
      {!preferences.history ? (
        <p>
          {t('save.off')} <a href={href('history')}>{t('save.turnOn')}</a>
        </p>
      ) : savedAs?.ticket === ticket ? (
        <p role="status" class="saved">
          {t('save.done')} <a href={href('history', savedAs.lesion)}>{t('save.see')}</a>
        </p>
      ) : open ? (
        <SaveForm state={state} ticket={ticket} actions={actions} />
      ) : (
        <button type="button" class="button save-open" onClick={() => setOpen(true)}>
          {t('save.open')}
        </button>
      )}
      <p>
        <a class="back report-way" href={href('report')}>
          {t('report.way')}
        </a>
      </p>
      {historyFailure && <Notice failure={historyFailure} />}
    </section>
  );
}
