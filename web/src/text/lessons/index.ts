/** The pages of the classes, a file for each language, fetched when one is opened. */
import type { Language } from '../languages';
import type { Lessons } from './lesson';

const LOADERS: Partial<Record<Language, () => Promise<{ lessons: Lessons }>>> = {};

export async function loadLessons(language: Language): Promise<Lessons> {
  const load = LOADERS[language] ?? (() => import('./en'));
  return (await load()).lessons;
}
