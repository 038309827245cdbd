/** Where the model changed since: the offer to ask it about the saved photos. */

import type { ScreenProps } from '../screen';
import { t } from '../text/i18n';
import { Progress } from '../widgets/progress';
import { outdatedEntries } from './entry';

export function Rerun({ state, actions }: ScreenProps) {
  const { history, historyWork, model } = state;
  const count = outdatedEntries(history, model?.sha256 ?? '').length;
  if (historyWork?.kind === 'rerun') return <Progress label={t('history.work.rerun')} share={historyWork.share} />;
  if (!model || count === 0) return null;
  return (
    <p class="outdated rerun">
      {t('history.outdated', { count })}
      <button
        type="button"
        class="button button-small"
        aria-disabled={historyWork !== null}
        title={historyWork ? t(`history.work.${historyWork.kind}`) : undefined}
        onClick={() => void actions.rerunHistory()}
      >
        {t('history.rerun')}
      </button>
    </p>
  );
}
