/** The answer for one photo, whole. What is wrong with the photo comes before any class. */
import type { Actions } from '../actions';
import { decisionFor, isDoubtful, kindOf, PLAIN } from '../answer/decision';
import { pointFor } from '../answer/operating-point';
import { SaveToHistory } from '../history/save-form';
import { InstallCard } from '../install/install-card';
import type { Answer } from '../protocol/engine-messages';
import type { State } from '../state';
import { milliseconds } from '../text/format';
import { t } from '../text/i18n';
import { Advice } from './advice';
import { Bars } from './bars';
import { Details } from './details';
import { Gate } from './gate';
import { Malignant } from './malignant';
import { MapControls } from './map-controls';
import { MoreViews } from './more-views';
import { Picture } from './picture-kind';
import { Verdict } from './verdict';

interface Props {
  answer: Answer;
  sample: boolean;
  state: State;
  actions: Actions;
}

export function AnswerView({ answer, sample, state, actions }: Props) {
  const { prior, isDefault, decision } = decisionFor(answer, state.prior);
  const { model } = answer;
  if (!decision) return null;
  const doubtful = isDoubtful(answer);
  const gated = doubtful && !state.accepted;
  /* The marks were set for the default prior and mean nothing under another. */
  const kind = kindOf(answer.kind, model.kinds);
  const point = isDefault && kind ? pointFor(kind.points, state.preferences.operatingPoint) : null;
  const plain = answer.kind === PLAIN;
  const outdated = state.model !== null && state.model.sha256 !== model.sha256;
  return (
    <div class="answer" data-gated={gated}>
      {sample && <p class="sample-note">{t('answer.sample')}</p>}
      {doubtful && <Gate answer={answer} open={!gated} onShow={actions.acceptFaults} />}
      {!gated && (
        <>
          {answer.kind !== null && <Picture answer={answer} kind={kind} />}
          <Verdict decision={decision} model={model} coverage={kind?.coverage ?? null} plain={plain} />
          <Malignant share={decision.malignant} point={point} kind={kind} labels={model.labels} plain={plain} />
          <Bars decision={decision} labels={model.labels} />
          <MapControls decision={decision} labels={model.labels} state={state.map} actions={actions} />
          <Advice above={point !== null && decision.malignant >= point.threshold} />
          {model.views > 1 && <MoreViews answer={answer} averaging={state.averaging} actions={actions} />}
          <SaveToHistory state={state} ticket={answer.ticket} actions={actions} />
          <InstallCard state={state} actions={actions} />
          <Details answer={answer} prior={prior} engine={state.engine} onPrior={actions.setPrior} />
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
