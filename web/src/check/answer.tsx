/** The answer for one photo, whole. What is wrong with the photo comes before any class. */
import { useRef } from 'preact/hooks';
import type { Actions } from '../actions';
import { decisionFor, isDoubtful, isGated, isOfLesions, kindOf, PLAIN } from '../answer/decision';
import { isAlarming, pointFor } from '../answer/operating-point';
import { SaveToHistory } from '../history/save-to-history';
import { InstallCard } from '../install/install-card';
import type { Answer } from '../protocol/engine-messages';
import { Similar } from '../similar/similar';
import type { State } from '../state';
import { milliseconds } from '../text/format';
import { t } from '../text/i18n';
import { labelName } from '../text/label-names';
import { late } from '../widgets/late';
import { Advice, Meaning } from './advice';
import { Bars } from './bars';
import { Details } from './details';
import { Gate } from './gate';
import { Malignant } from './malignant';
import { Picture } from './picture-kind';
import { PredictionSet } from './prediction-set';
import { SampleTruth } from './sample-truth';
import type { Sample } from './samples';
import { isGuessing } from './state';
import { Verdict } from './verdict';

const GeneralAnswer = late(async () => (await import('./general-answer')).GeneralAnswer);
const GuessForm = late(async () => (await import('./guess-form')).GuessForm);

interface Props {
  answer: Answer;
  /** The photo is one to try the app with. */
  sample: Sample | null;
  state: State;
  actions: Actions;
}

export function AnswerView({ answer, sample, state, actions }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const { prior, isDefault, decision } = decisionFor(answer, state.prior);
  const { model } = answer;
  if (!decision) return null;
  const gated = isGated(answer, state.accepted);
  /* The thresholds were set for the default prior and mean nothing under another. */
  const kind = kindOf(answer.kind, model.kinds);
  const own = kind ? pointFor(kind.points, state.preferences.operatingPoint) : null;
  const point = isDefault ? own : null;
  const plain = answer.kind === PLAIN;
  const outdated = state.model !== null && state.model.sha256 !== model.sha256;
  /* Whatever prior is shown: else another choice there would call a spot harmless. */
  const alarming = isAlarming(decisionFor(answer, null).decision ?? decision, own, model.labels);
  const asking = isGuessing(state);
  const guess = model.labels.find(({ id }) => id === state.guess?.label);
  /* The button pressed goes, and the answer comes in its place. */
  const focusAnswer = () => requestAnimationFrame(() => place.current?.focus());
  const show = () => {
    actions.acceptFaults();
    focusAnswer();
  };
  const guessed = (label: string | null) => {
    actions.setGuess(label);
    focusAnswer();
  };
  return (
    <div class="answer" ref={place} tabIndex={-1} data-gated={gated}>
      {sample && !sample.photograph && <p class="sample-note">{t('answer.sample')}</p>}
      {isDoubtful(answer) && <Gate answer={answer} open={!gated} state={state} actions={actions} onShow={show} />}
      {asking && <GuessForm labels={model.labels} onGuess={guessed} />}
      {!gated && !asking && !isOfLesions(model) && <GeneralAnswer answer={answer} state={state} actions={actions} />}
      {!gated && !asking && isOfLesions(model) && (
        <>
          {answer.kind !== null && <Picture answer={answer} kind={kind} way={sample ? null : state.way} />}
          <Verdict decision={decision} model={model} plain={plain} />
          {guess && (
            <p class="own-guess">
              {t(guess.id === decision.order[0] ? 'guess.same' : 'guess.other', { name: labelName(guess) })}
            </p>
          )}
          {sample?.photograph && <SampleTruth photograph={sample.photograph} labels={model.labels} />}
          <Advice alarming={alarming} sample={sample !== null} />
          <Malignant share={decision.malignant} point={point} kind={kind} labels={model.labels} plain={plain} />
          {decision.set && <PredictionSet ids={decision.set} model={model} coverage={kind?.coverage ?? null} />}
          <Bars decision={decision} labels={model.labels} />
          <Meaning figures={kind?.figures != null} />
          <Similar key={answer.ticket} ticket={answer.ticket} labels={model.labels} actions={actions} />
          <SaveToHistory state={state} ticket={answer.ticket} actions={actions} />
          <InstallCard state={state} actions={actions} />
          <Details
            answer={answer}
            prior={prior}
            engine={state.engine}
            models={state.shelf?.models ?? []}
            onPrior={actions.setPrior}
            onModel={actions.classifyBy}
          />
          <p class="aside took">
            {t('answer.took', {
              time: milliseconds(answer.ms.total),
              model: t('shell.model', { name: model.name, version: model.version }),
            })}
          </p>
        </>
      )}
      {outdated && (
        <p class="outdated" role="status">
          {t('answer.outdated')}
          <button type="button" class="button button-small" onClick={actions.retry}>
            {t('answer.again')}
          </button>
        </p>
      )}
    </div>
  );
}
