/** The answer's place: the introduction, the work under way, the answer, or why there is none. */
import type { Actions } from '../actions';
import { EngineProgress } from '../engine/engine-progress';
import type { State } from '../state';
import { t } from '../text/i18n';
import { Notice } from '../widgets/notice';
import { Progress } from '../widgets/progress';
import { AnswerView } from './answer';
import { Intro } from './intro';
import { sampleOf } from './samples';

interface Props {
  state: State;
  actions: Actions;
}

export function Panel({ state, actions }: Props) {
  const { engine, job, photo } = state;
  if (!photo) return <Intro engine={engine} way={state.way} onWay={actions.setWay} />;
  if (job.phase === 'done') {
    const sample = (photo.sample && sampleOf(photo.name)) || null;
    return <AnswerView answer={job.answer} sample={sample} state={state} actions={actions} />;
  }
  if (job.phase === 'failed') {
    return <Notice heading={t('job.failed')} failure={job.failure} onRetry={actions.retry} />;
  }
  if (job.phase === 'waiting' && engine.phase === 'failed') return <p class="lead">{t('job.waiting')}</p>;
  return (
    <div class="working">
      {engine.phase === 'loading' ? (
        <EngineProgress engine={engine} />
      ) : (
        <Progress label={t('job.working')} share={null} />
      )}
    </div>
  );
}
