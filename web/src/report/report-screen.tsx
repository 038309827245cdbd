/** `#/report`: the answer shown at present; `#/report/ID`: the latest of a saved photo. One page, to print or share. */
import { useEffect, useState } from 'preact/hooks';
import { isOfLesions } from '../answer/decision';
import { type Entry, latestAnswer } from '../history/entry';
import { useSquare } from '../history/entry-picture';
import { toSavedAnswer } from '../history/saved-answer';
import { drawSquare } from '../photo/square';
import type { ScreenProps } from '../screen';
import type { State } from '../state';
import { t } from '../text/i18n';
import { type Reported, ReportPage } from './report-page';
import { ReportTools } from './report-tools';

/** What the page is made of; null while it is fetched, or where there is nothing to report. */
function useReported({ state, actions }: ScreenProps): Reported | null {
  const [id] = state.route.rest;
  const { job, photo, map } = state;
  const shown = id === undefined && job.phase === 'done' ? job.answer : null;
  /* The page is one for a doctor. */
  const answer = shown && isOfLesions(shown.model) ? shown : null;
  const [square, setSquare] = useState<{ photo: Blob; picture: Blob | null } | null>(null);
  useEffect(() => {
    if (id !== undefined) void actions.readHistory();
    else if (answer && photo)
      void drawSquare(photo.file, answer.region, answer.model.crop).then((picture) =>
        setSquare({ photo: photo.file, picture }),
      );
  }, [id, answer, photo, actions]);
  const entry = id === undefined ? undefined : state.history?.entries.find((known) => known.id === id);
  const found = useSquare(entry, true, actions);
  if (id !== undefined) return found.phase === 'wanted' && entry?.square ? null : fromHistory(state, entry, found);
  if (!answer || !photo || square?.photo !== photo.file) return null;
  return {
    square: square.picture,
    answer: toSavedAnswer(answer, map.phase === 'shown' ? map.map : null),
    time: photo.time,
    site: '',
    note: '',
    millimetres: null,
    sample: photo.sample,
  };
}

function fromHistory(
  { history }: State,
  entry: Entry | undefined,
  found: ReturnType<typeof useSquare>,
): Reported | null {
  const lesion = history?.lesions.find((known) => known.id === entry?.lesion);
  const answer = entry && latestAnswer(entry);
  if (!entry || !lesion || !answer) return null;
  const { time, note, millimetres, sample = null } = entry;
  const square = found.phase === 'here' ? (found.picture?.blob ?? null) : null;
  return { square, answer, time, note, millimetres, sample, site: lesion.site };
}

export function ReportScreen({ state, actions }: ScreenProps) {
  const reported = useReported({ state, actions });
  return (
    <div class="sheet report-screen">
      <h2 class="display report-screen-heading">{t('report.heading')}</h2>
      {reported ? (
        <>
          <ReportTools reported={reported} model={state.model} />
          <ReportPage reported={reported} state={state} />
        </>
      ) : (
        <p class="lead">{t('report.none')}</p>
      )}
    </div>
  );
}
