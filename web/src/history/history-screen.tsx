/** What is saved: `#/history` all lesions, `#/history/ID` one, `#/history/ID/compare` two of its photos. */
import { useEffect } from 'preact/hooks';
import { Missing } from '../navigation/missing';
import type { ScreenProps } from '../screen';
import { t } from '../text/i18n';
import { Notice } from '../widgets/notice';
import { Progress } from '../widgets/progress';
import { Compare } from './compare';
import { entriesOf } from './entry';
import { HistoryList } from './history-list';
import { HistoryOff } from './history-off';
import { LesionPage } from './lesion-page';
import { Rescue } from './rescue';

export function HistoryScreen({ state, actions }: ScreenProps) {
  const { history, historyFailure, route } = state;
  useEffect(() => {
    void actions.readHistory();
  }, [actions]);
  if (!history)
    return historyFailure ? (
      <div class="sheet">
        <Notice failure={historyFailure} onRetry={actions.readHistory} />
        <Rescue state={state} actions={actions} />
      </div>
    ) : (
      <Progress label={t('history.reading')} share={null} />
    );
  const [id, view] = route.rest;
  const lesion = history.lesions.find((known) => known.id === id);
  if ((id !== undefined && !lesion) || (view !== undefined && view !== 'compare')) return <Missing />;
  if (lesion && view === 'compare')
    return <Compare lesion={lesion} entries={entriesOf(history, lesion.id)} actions={actions} />;
  if (lesion) return <LesionPage key={lesion.id} lesion={lesion} state={state} actions={actions} />;
  const nothing = history.lesions.length === 0 && history.unreadable.length === 0;
  if (!state.preferences.history && nothing) return <HistoryOff state={state} actions={actions} />;
  return <HistoryList history={history} state={state} actions={actions} />;
}
