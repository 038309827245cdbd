/** The history as a whole: room, export, import, deletion. */
import { useRef } from 'preact/hooks';
import { AppleNote } from '../../parts/apple-note';
import { ConfirmButton } from '../../parts/confirm-button';
import { Notice } from '../../parts/notice';
import { Progress } from '../../parts/progress';
import { megabytes } from '../../text/format';
import { t } from '../../text/i18n';
import type { ScreenProps } from '..';

export function HistoryTools({ state, actions }: ScreenProps) {
  const { history, historyWork, historyFailure, imported } = state;
  const file = useRef<HTMLInputElement>(null);
  const filled = (history?.lesions.length ?? 0) > 0;
  return (
    <section class="block tools">
      <h3 class="small-heading">{t('history.tools')}</h3>
      <div class="button-row">
        {filled && (
          <button type="button" class="button button-small" data-export onClick={() => void actions.exportHistory()}>
            {t('history.export')}
          </button>
        )}
        <input
          ref={file}
          type="file"
          name="archive"
          accept=".zip,application/zip"
          hidden
          onChange={({ currentTarget }) => {
            const [archive] = currentTarget.files ?? [];
            if (archive) void actions.importHistory(archive);
            currentTarget.value = '';
          }}
        />
        <button type="button" class="button button-small" onClick={() => file.current?.click()}>
          {t('history.import')}
        </button>
        {filled && (
          <ConfirmButton
            name={t('history.deleteAll')}
            question={t('history.deleteAllQuestion', { count: history?.entries.length ?? 0 })}
            onConfirm={() => void actions.dropAll()}
          />
        )}
      </div>
      {historyWork && historyWork.kind !== 'rerun' && (
        <Progress label={t(`history.work.${historyWork.kind}`)} share={historyWork.share} />
      )}
      {imported && (
        <p role="status" class="imported" data-entries={imported.entries}>
          {t('history.imported', { count: imported.entries })}
        </p>
      )}
      {historyFailure && <Notice failure={historyFailure} />}
      <RoomLine state={state} actions={actions} />
      {state.preferences.history && <AppleNote state={state} />}
      <p class="aside">{t('history.exportNote')}</p>
    </section>
  );
}

function RoomLine({ state: { room }, actions }: ScreenProps) {
  if (!room) return null;
  return (
    <p class="aside room">
      {room.quota > 0 && t('history.room', { used: megabytes(room.used), quota: megabytes(room.quota) })}{' '}
      {room.persisted ? (
        t('history.persisted')
      ) : (
        <button type="button" class="link-button" onClick={() => void actions.protectHistory()}>
          {t('history.persist')}
        </button>
      )}
    </p>
  );
}
