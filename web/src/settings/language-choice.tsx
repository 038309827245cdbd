/** The language of the app: the browser's, or one of those there are. */
import { t } from '../text/i18n';
import { isLanguage, LANGUAGE_NAMES, LANGUAGES, type Language } from '../text/languages';

interface Props {
  chosen: Language | null;
  onChoose: (language: Language | null) => void;
}

export function LanguageChoice({ chosen, onChoose }: Props) {
  return (
    <section class="block">
      <label class="field">
        <span class="field-name">{t('settings.language')}</span>
        <select
          class="select"
          name="language"
          value={chosen ?? ''}
          onChange={({ currentTarget: { value } }) => onChoose(isLanguage(value) ? value : null)}
        >
          <option value="">{t('settings.languageAuto')}</option>
          {LANGUAGES.map((language) => (
            <option key={language} value={language} lang={language} translate={false}>
              {LANGUAGE_NAMES[language]}
            </option>
          ))}
        </select>
      </label>
    </section>
  );
}
