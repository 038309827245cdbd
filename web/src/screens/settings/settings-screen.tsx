/** What the person can set. Each group is a part of its own. */
import { t } from '../../text/i18n';
import type { ScreenProps } from '..';
import { LanguageChoice } from './language-choice';

export function SettingsScreen({ state, actions }: ScreenProps) {
  const { preferences } = state;
  return (
    <div class="sheet settings">
      <h2 class="display">{t('settings.heading')}</h2>
      <LanguageChoice chosen={preferences.language} onChoose={(language) => actions.prefer({ language })} />
    </div>
  );
}
