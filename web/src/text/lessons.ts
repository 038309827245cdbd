/** The pages of the classes: web/texts/LANGUAGE/lesson-pages.json, a file for each language, fetched when one is opened. */
import type { Language } from './languages';

/** What the page of a class says, besides its name. Each member is a list of paragraphs. */
export interface Lesson {
  what: string[];
  not: string[];
  next: string[];
}

/** By the id of the class, as the model file has it. */
export type Lessons = Record<'akiec' | 'bcc' | 'bkl' | 'df' | 'mel' | 'nv' | 'vasc', Lesson>;

const LOADERS: Record<Language, () => Promise<{ default: Lessons }>> = {
  en: () => import('texts/lessons/en'),
  de: () => import('texts/lessons/de'),
  es: () => import('texts/lessons/es'),
  fr: () => import('texts/lessons/fr'),
  pt: () => import('texts/lessons/pt'),
  zh: () => import('texts/lessons/zh'),
  ar: () => import('texts/lessons/ar'),
};

export async function loadLessons(language: Language): Promise<Lessons> {
  return (await LOADERS[language]()).default;
}
