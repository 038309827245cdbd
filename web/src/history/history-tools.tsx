/** The history as a whole: room, export, import, deletion. */
import { useRef } from 'preact/hooks';
import { AppleNote } from '../install/apple-note';
import type { ScreenProps } from '../screen';
import { bytes } from '../text/format';
import { t } from '../text/i18n';
import { ConfirmButton } from '../widgets/confirm-button';
import { Notice } from '../widgets/notice';
import { Progress } from '../widgets/progress';
import type { HistoryNews } from './state';

export function HistoryTools({ state, actions }: ScreenProps) {
  const { history, historyWork, historyFailure, historyNews } = state;
  const file = useRef<HTMLInputElement>(null);
  const filled = history !== null && history.lesions.length + history.unreadable.length > 0;
  const busy = historyWork !== null;
  const why = historyWork ? t(`history.work.${historyWork.kind}`) : undefined;
  return (
    <section class="block tools">
      <h3 class="small-heading">{t('history.tools')}</h3>
      <div class="button-row">
        {filled && (
          <button
            type="button"
            class="button button-small"
            data-export
            aria-disabled={busy}
            title={why}
            onClick={() => void actions.exportHistory()}
          >
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
        <button
          type="button"
          class="button button-small"
          aria-disabled={busy}
          title={why}
          onClick={() => busy || file.current?.click()}
        >
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
      {historyNews && <News news={historyNews} />}
      {historyFailure && <Notice failure={historyFailure} />}
      <StorageLine state={state} actions={actions} />
      {state.preferences.history && <AppleNote state={state} />}
      <p class="aside">{t('history.exportNote')}</p>
    </section>
  );
}

function News({ news }: { news: HistoryNews }) {
  const { entries: count } = news;
  const words = {
    imported: () => t('history.imported', { count }),
    exported: () => t('history.exported', { count }),
    reran: () => t('history.reran', { count }),
  };
  const bad = news.kind === 'exported' ? news.damaged : news.kind === 'reran' ? news.failed : 0;
  return (
    <p role="status" class={`news ${news.kind}`} data-entries={count} data-bad={bad}>
      {words[news.kind]()}
      {bad > 0 && ` ${t(news.kind === 'reran' ? 'history.rerunFailed' : 'history.exportedDamaged', { count: bad })}`}
    </p>
  );
}

function StorageLine({ state: { storageUse }, actions }: ScreenProps) {
  if (!storageUse) return null;
  return (
    <p class="aside room">
      {storageUse.quota > 0 && t('history.room', { used: bytes(storageUse.used), quota: bytes(storageUse.quota) })}{' '}
      {storageUse.persisted ? (
        t('history.persisted')
      ) : (
        <button type="button" class="link-button" onClick={() => void actions.protectHistory()}>
          {t('history.persist')}
        </button>
      )}
    </p>
  );
}
