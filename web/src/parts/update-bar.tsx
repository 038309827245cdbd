/** Word of a newer version of the app; it comes only when asked for. */
import type { Update } from '../slices/shell';
import { t } from '../text/i18n';

interface Props {
  update: Update;
  onReload: () => void;
}

export function UpdateBar({ update, onReload }: Props) {
  return (
    <div class="update-place" role="status">
      {update !== 'none' && (
        <div class="update">
          <p>{t(`shell.update.${update}`)}</p>
          <button type="button" class="button button-small" onClick={onReload}>
            {t('shell.reload')}
          </button>
        </div>
      )}
    </div>
  );
}
