/** The answer's place: the introduction, the work under way, the answer, or why there is none. */
import type { Actions } from '../actions';
import type { State } from '../state';
import { text } from '../text/en';
import { AnswerView } from './answer';
import { EngineProgress } from './engine-progress';
import { Intro } from './intro';
import { Notice } from './notice';
import { Progress } from './progress';

interface Props {
  state: State;
  actions: Actions;
}

export function Panel({ state, actions }: Props) {
  const { engine, job, photo } = state;
  if (!photo) return <Intro engine={engine} onRetry={actions.retry} />;
  if (job.phase === 'done') {
    return (
      <AnswerView
        answer={job.answer}
        sample={photo.sample}
        kernels={engine.phase === 'ready' ? engine.kernels : null}
        prior={state.prior}
        outdated={state.model !== null && state.model.sha256 !== job.answer.model.sha256}
        onPrior={actions.setPrior}
        onAgain={actions.retry}
      />
    );
  }
  if (engine.phase === 'failed') {
    return <Notice heading={text.engine.failed} failure={engine.failure} onRetry={actions.retry} />;
  }
  if (job.phase === 'failed') {
    return <Notice heading={text.job.failed} failure={job.failure} onRetry={actions.retry} />;
  }
  return (
    <div class="working">
      {engine.phase === 'loading' ? (
        <EngineProgress engine={engine} />
      ) : (
        <Progress label={text.job.working} share={null} />
      )}
    </div>
  );
}
