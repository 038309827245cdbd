/** The switch of the history. What is saved already stays, and is deleted in the history itself. */
import { href } from '../navigation/route';
import { t } from '../text/i18n';

export function HistoryChoice({ on, onChoose }: { on: boolean; onChoose: (on: boolean) => void }) {
  return (
    <section class="block">
      <label class="choice">
        <input
          type="checkbox"
          name="history"
          checked={on}
          onChange={({ currentTarget: { checked } }) => onChoose(checked)}
        />
        <span>
          <span class="field-name">{t('settings.history')}</span>
          <span class="aside choice-note">{t('settings.historyNote')}</span>
        </span>
      </label>
      <a href={href('history')}>{t('save.turnOn')}</a>
    </section>
  );
}
