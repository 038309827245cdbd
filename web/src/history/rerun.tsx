/** The offer to ask the model at work, or another one on this device, about the saved photos. */

import { useState } from 'preact/hooks';
import { isOfLesions } from '../answer/decision';
import { ModelChoice } from '../model/model-choice';
import type { ScreenProps } from '../screen';
import { t } from '../text/i18n';
import { Progress } from '../widgets/progress';
import { outdatedEntries } from './entry';

export function Rerun({ state, actions }: ScreenProps) {
  const { history, historyWork, model, shelf } = state;
  const [chosen, choose] = useState<string | null>(null);
  /* Saved photos are of lesions, and not every model is. */
  const models = shelf?.models.filter(({ source }) => source !== 'person') ?? [];
  const atWork = model && isOfLesions(model) ? model.sha256 : models[0]?.sha256;
  const asked = models.some(({ sha256 }) => sha256 === chosen) ? chosen : atWork;
  const count = outdatedEntries(history, asked ?? '').length;
  if (historyWork?.kind === 'rerun') return <Progress label={t('history.work.rerun')} share={historyWork.share} />;
  const isOffered = models.some(({ sha256 }) => outdatedEntries(history, sha256).length > 0);
  if (!asked || (count === 0 && !isOffered)) return null;
  return (
    <div class="outdated rerun">
      {models.length > 1 && <ModelChoice name="rerunModel" models={models} chosen={asked} onChoose={choose} />}
      {count > 0 && (
        <p>
          {t('history.outdated', { count })}
          <button
            type="button"
            class="button button-small"
            aria-disabled={historyWork !== null}
            title={historyWork ? t(`history.work.${historyWork.kind}`) : undefined}
            onClick={() => void actions.rerunHistory(asked)}
          >
            {t('history.rerun')}
          </button>
        </p>
      )}
    </div>
  );
}
