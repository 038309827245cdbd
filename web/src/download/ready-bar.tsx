/** A file that is made and needs one more tap to be handed over: some browsers want one of just now. */

import { t } from '../text/i18n';
import { downloadFile } from './download';

export function ReadyBar({ file, onDrop }: { file: File | null; onDrop: () => void }) {
  return (
    <div role="status">
      {file && (
        <div class="news-bar ready-bar">
          <p>{t('download.ready', { name: file.name })}</p>
          <div class="button-row">
            <button
              type="button"
              class="button button-small"
              data-save
              onClick={() => void downloadFile(file, file.name)}
            >
              {t('download.save')}
            </button>
            <button type="button" class="button button-small button-quiet" onClick={onDrop}>
              {t('download.drop')}
            </button>
          </div>
        </div>
      )}
    </div>
  );
}
