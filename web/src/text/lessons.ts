/** The pages of the classes, a file for each language, fetched when one is opened. */
import type { Language } from './languages';
import type { Lessons } from './lesson';

const LOADERS: Record<Language, () => Promise<{ lessons: Lessons }>> = {
  en: () => import('./en/lessons'),
  de: () => import('./de/lessons'),
  es: () => import('./es/lessons'),
  fr: () => import('./fr/lessons'),
  pt: () => import('./pt/lessons'),
  zh: () => import('./zh/lessons'),
  ar: () => import('./ar/lessons'),
};

export async function loadLessons(language: Language): Promise<Lessons> {
  return (await LOADERS[language]()).lessons;
}
