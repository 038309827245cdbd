/** Before the history is turned on: what it would save, where, and the switch. */
import { AppleNote } from '../install/apple-note';
import type { ScreenProps } from '../screen';
import { t } from '../text/i18n';
import { HistoryTools } from './history-tools';

export function HistoryOff({ state, actions }: ScreenProps) {
  return (
    <div class="sheet history">
      <h2 class="display">{t('history.heading')}</h2>
      <p class="lead">{t('history.offLead')}</p>
      <ul class="plain-list history-points">
        <li>{t('history.offKeeps')}</li>
        <li>{t('history.offWhere')}</li>
        <li>{t('history.offLost')}</li>
      </ul>
      <AppleNote state={state} />
      <button
        type="button"
        class="button button-main turn-on"
        onClick={() => void actions.prefer({ history: true }).then(actions.protectHistory)}
      >
        {t('history.turnOn')}
      </button>
      <HistoryTools state={state} actions={actions} />
    </div>
  );
}
