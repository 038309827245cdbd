/** The languages there are, and which one suits a browser. */

export const LANGUAGES = ['en', 'de', 'es', 'fr', 'pt', 'zh', 'ar'] as const;
export type Language = (typeof LANGUAGES)[number];

/** What each calls itself; the same in every language. */
export const LANGUAGE_NAMES: Record<Language, string> = {
  en: 'English',
  de: 'Deutsch',
  es: 'Español',
  fr: 'Français',
  pt: 'Português',
  zh: '中文',
  ar: 'العربية',
};

export const isLanguage = (value: unknown): value is Language => LANGUAGES.some((language) => language === value);

export const directionOf = (language: Language): 'ltr' | 'rtl' => (language === 'ar' ? 'rtl' : 'ltr');

/** The first of `wanted` (as `pt-BR`, `de`) that there is; else English. */
export function matchLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const [base] = tag.toLowerCase().split('-');
    if (isLanguage(base)) return base;
  }
  return 'en';
}
