/** What the person takes the photo for, asked before the answer is shown. */
import { useState } from 'preact/hooks';
import type { Label } from '../protocol/engine-messages';
import { t } from '../text/i18n';
import { labelName } from '../text/label-names';

export interface GuessProps {
  labels: Label[];
  /** null: the person would rather not say. */
  onGuess: (label: string | null) => void;
}

export function GuessForm({ labels, onGuess }: GuessProps) {
  const [label, setLabel] = useState<string | null>(null);
  const submit = (event: Event) => {
    event.preventDefault();
    if (label !== null) onGuess(label);
  };
  return (
    <form class="form guess-form" onSubmit={submit}>
      <fieldset class="priors">
        <legend class="notice-heading">{t('guess.question')}</legend>
        {labels.map((one) => (
          <label key={one.id}>
            <input
              type="radio"
              name="guess"
              value={one.id}
              required
              checked={one.id === label}
              onChange={() => setLabel(one.id)}
            />
            {labelName(one)}
          </label>
        ))}
      </fieldset>
      <div class="button-row">
        <button type="submit" class="button button-main">
          {t('guess.done')}
        </button>
        <button type="button" class="button button-quiet guess-skip" onClick={() => onGuess(null)}>
          {t('guess.skip')}
        </button>
      </div>
      <p class="aside">{t('guess.note')}</p>
    </form>
  );
}
