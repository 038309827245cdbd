/** The pages of the classes: `#/lesson` lists them, `#/lesson/mel` is one. */
import { useEffect, useState } from 'preact/hooks';
import { type Failure, Fault, toFailure } from '../protocol/fault';
import type { ScreenProps } from '../screen';
import { t } from '../text/i18n';
import type { Language } from '../text/languages';
import { type Lessons, loadLessons } from '../text/lessons';
import { Notice } from '../widgets/notice';
import { Progress } from '../widgets/progress';
import { LessonList } from './lesson-list';
import { LessonPage } from './lesson-page';

/** The pages in `language`, or why they could not be fetched. */
function useLessons(language: Language): Lessons | Failure | null {
  const [come, setCome] = useState<{ language: Language; value: Lessons | Failure } | null>(null);
  useEffect(() => {
    const set = (value: Lessons | Failure) => setCome({ language, value });
    loadLessons(language).then(set, (error: Error) => set(toFailure(new Fault('screen', error.message))));
  }, [language]);
  return come?.language === language ? come.value : null;
}

export function LessonScreen({ state }: ScreenProps) {
  const lessons = useLessons(state.language);
  const [id] = state.route.rest;
  if (!lessons) return <Progress label={t('screen.loading')} share={null} />;
  if ('code' in lessons) return <Notice failure={lessons} />;
  if (id === undefined) return <LessonList ids={Object.keys(lessons)} labels={state.model?.labels ?? []} />;
  return <LessonPage id={id} lessons={lessons} labels={state.model?.labels ?? []} />;
}
