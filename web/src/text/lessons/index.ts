/** The pages of the classes, a file for each language, fetched when one is opened. */
import type { Language } from '../languages';
import type { Lessons } from './lesson';

const LOADERS: Record<Language, () => Promise<{ lessons: Lessons }>> = {
  en: () => import('./en'),
  de: () => import('./de'),
  es: () => import('./es'),
  fr: () => import('./fr'),
  pt: () => import('./pt'),
  zh: () => import('./zh'),
  ar: () => import('./ar'),
};

export async function loadLessons(language: Language): Promise<Lessons> {
  return (await LOADERS[language]()).lessons;
}
