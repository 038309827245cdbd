/** Where a screen does not work: the ways to export the history, and to delete it. */
import type { Actions } from '../actions';
import type { State } from '../state';
import { t } from '../text/i18n';
import { ConfirmButton } from '../widgets/confirm-button';
import { Progress } from '../widgets/progress';

interface Props {
  state: State;
  actions: Actions;
}

export function Rescue({ state: { historyWork }, actions }: Props) {
  return (
    <section class="block rescue">
      <h3 class="small-heading">{t('history.tools')}</h3>
      <div class="button-row">
        <button
          type="button"
          class="button button-small"
          data-export
          aria-disabled={historyWork !== null}
          title={historyWork ? t(`history.work.${historyWork.kind}`) : undefined}
          onClick={() => void actions.exportHistory()}
        >
          {t('history.export')}
        </button>
        <ConfirmButton
          name={t('history.deleteAll')}
          question={t('rescue.deleteQuestion')}
          onConfirm={() => void actions.dropAll()}
        />
      </div>
      {historyWork && <Progress label={t(`history.work.${historyWork.kind}`)} share={historyWork.share} />}
    </section>
  );
}
