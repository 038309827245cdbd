/** A button for what cannot be taken back: it asks once more, in a dialog. */
import { useRef } from 'preact/hooks';
import { t } from '../text/i18n';

interface Props {
  name: string;
  /** What will be gone. */
  question: string;
  onConfirm: () => void;
}

/** Escape closes the dialog, and the browser gives the focus back to the button. */
export function ConfirmButton({ name, question, onConfirm }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const close = () => dialog.current?.close();
  return (
    <>
      <button
        type="button"
        class="button button-small button-quiet"
        data-ask
        onClick={() => dialog.current?.showModal()}
      >
        {name}
      </button>
      <dialog ref={dialog} class="confirm" aria-label={question}>
        <p>{question}</p>
        <div class="button-row">
          <button type="button" class="button button-small" onClick={close}>
            {t('confirm.no')}
          </button>
          <button
            type="button"
            class="button button-small button-alarm"
            data-confirm
            onClick={() => {
              close();
              onConfirm();
            }}
          >
            {t('confirm.yes')}
          </button>
        </div>
      </dialog>
    </>
  );
}
