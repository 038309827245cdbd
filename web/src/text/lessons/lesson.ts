/** What the page of a class says, besides its name. Each member is a list of paragraphs. */
export interface Lesson {
  what: string[];
  not: string[];
  next: string[];
}

/** By the id of the class, as the model file has it. */
export type Lessons = Record<'akiec' | 'bcc' | 'bkl' | 'df' | 'mel' | 'nv' | 'vasc', Lesson>;
