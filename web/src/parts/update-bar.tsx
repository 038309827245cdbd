/** Word of a newer version of the app; it comes only when asked for. */
import type { Update } from '../state';
import { text } from '../text/en';

interface Props {
  update: Update;
  onReload: () => void;
}

export function UpdateBar({ update, onReload }: Props) {
  return (
    <div class="update-place" role="status">
      {update !== 'none' && (
        <div class="update">
          <p>{text.shell.update[update]}</p>
          <button type="button" class="button button-small" onClick={onReload}>
            {text.shell.reload}
          </button>
        </div>
      )}
    </div>
  );
}
