/** The switch of the second reader: the person's own guess is asked for before an answer is shown. */
import { t } from '../text/i18n';

export function GuessChoice({ on, onChoose }: { on: boolean; onChoose: (on: boolean) => void }) {
  return (
    <section class="block">
      <label class="choice">
        <input
          type="checkbox"
          name="guess"
          checked={on}
          onChange={({ currentTarget: { checked } }) => onChoose(checked)}
        />
        <span>
          <span class="field-name">{t('settings.guess')}</span>
          <span class="aside choice-note">{t('settings.guessNote')}</span>
        </span>
      </label>
    </section>
  );
}
