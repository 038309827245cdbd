/** The answer for one photo, whole. */
import type { Answer, Kernels, PriorName } from '../shared/messages';
import { text } from '../text/en';
import { milliseconds, percent } from '../text/format';
import { Advice } from './advice';
import { Bars } from './bars';
import { Details } from './details';
import { Malignant } from './malignant';

interface Props {
  answer: Answer;
  sample: boolean;
  kernels: Kernels | null;
  prior: PriorName | null;
  /** Another model is at work by now. */
  outdated: boolean;
  onPrior: (prior: PriorName) => void;
  onAgain: () => void;
}

/** The decision for the prior chosen, else for the engine's default, which comes first. */
export function decisionFor(answer: Answer, chosen: PriorName | null) {
  const [first = ''] = Object.keys(answer.decisions);
  const prior = chosen !== null && chosen in answer.decisions ? chosen : first;
  return { prior, isDefault: prior === first, decision: answer.decisions[prior] };
}

export function AnswerView({ answer, sample, kernels, prior: chosen, outdated, onPrior, onAgain }: Props) {
  const { prior, isDefault, decision } = decisionFor(answer, chosen);
  const { model } = answer;
  const byId = new Map(model.labels.map((label) => [label.id, label]));
  const top = byId.get(decision?.order[0] ?? '');
  if (!decision || !top) return null;
  /* The mark was set for the default prior and means nothing under another. */
  const mark = isDefault ? model.malignantMark : null;
  const source = text.shell.model(model.name, model.version);
  return (
    <div class="answer">
      {sample && <p class="sample-note">{text.answer.sample}</p>}
      <p class="eyebrow">{text.answer.most}</p>
      <div class="verdict">
        <h2 class="display">{top.name}</h2>
        <p class="verdict-number">{percent(decision.probabilities[top.id] ?? 0)}</p>
      </div>
      {top.about && <p class="lead">{top.about}</p>}
      <Malignant share={decision.malignant} mark={mark} labels={model.labels} />
      <Bars decision={decision} labels={byId} />
      <Advice above={mark !== null && decision.malignant >= mark} />
      <Details answer={answer} prior={prior} kernels={kernels} onPrior={onPrior} />
      <p class="aside took">{text.answer.took(milliseconds(answer.ms.total), source)}</p>
      {outdated && (
        <p class="outdated" role="status">
          {text.answer.outdated}
          <button type="button" class="button button-small" onClick={onAgain}>
            {text.answer.again}
          </button>
        </p>
      )}
    </div>
  );
}
