/** What the person can set. Each group is a part of its own. */

import { ModelsSection } from '../model/models-section';
import type { ScreenProps } from '../screen';
import { t } from '../text/i18n';
import { late } from '../widgets/late';
import { Notice } from '../widgets/notice';
import { InstallState, OfflineState } from './app-state';
import { GuessChoice } from './guess-choice';
import { HistoryChoice } from './history-choice';
import { LanguageChoice } from './language-choice';
import { Performance } from './performance';
import { PointChoice } from './point-choice';
import { ThreadsChoice } from './threads-choice';
import { UnitsChoice } from './units-choice';

const OwnModel = late(async () => (await import('../model/own-model')).OwnModel);

export function SettingsScreen({ state, actions }: ScreenProps) {
  const { preferences, model, settingsFailure } = state;
  return (
    <div class="sheet settings">
      <h2 class="display">{t('settings.heading')}</h2>
      {settingsFailure && <Notice failure={settingsFailure} />}
      <LanguageChoice chosen={preferences.language} onChoose={(language) => actions.prefer({ language })} />
      <PointChoice
        kinds={model?.kinds ?? []}
        chosen={preferences.operatingPoint}
        onChoose={(operatingPoint) => actions.prefer({ operatingPoint })}
      />
      <UnitsChoice chosen={preferences.units} onChoose={(units) => actions.prefer({ units })} />
      <HistoryChoice on={preferences.history} onChoose={(history) => actions.prefer({ history })} />
      <GuessChoice on={preferences.guessFirst} onChoose={(guessFirst) => actions.prefer({ guessFirst })} />
      <ThreadsChoice state={state} onChoose={(threads) => void actions.prefer({ threads }).then(actions.start)} />
      <ModelsSection state={state} actions={actions} />
      <OwnModel opened={state.opened} actions={actions} />
      <OfflineState state={state} actions={actions} />
      <InstallState state={state} actions={actions} />
      <Performance state={state} />
    </div>
  );
}
