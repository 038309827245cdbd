/** A button for what cannot be taken back: it asks once more, in its own place. */
import { useState } from 'preact/hooks';
import { t } from '../text/i18n';

interface Props {
  name: string;
  /** What will be gone. */
  question: string;
  onConfirm: () => void;
}

export function ConfirmButton({ name, question, onConfirm }: Props) {
  const [asking, setAsking] = useState(false);
  if (!asking)
    return (
      <button type="button" class="button button-small button-quiet" data-ask onClick={() => setAsking(true)}>
        {name}
      </button>
    );
  return (
    <span class="confirm" role="alertdialog" aria-label={question}>
      <span>{question}</span>
      <button
        type="button"
        class="button button-small button-alarm"
        data-confirm
        onClick={() => {
          setAsking(false);
          onConfirm();
        }}
      >
        {t('confirm.yes')}
      </button>
      <button type="button" class="button button-small" onClick={() => setAsking(false)}>
        {t('confirm.no')}
      </button>
    </span>
  );
}
