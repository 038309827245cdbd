/** The answer for one photo, whole. */

import { decisionFor } from '../../parts/decision';
import type { Answer, Kernels, PriorName } from '../../shared/messages';
import { milliseconds, percent } from '../../text/format';
import { t } from '../../text/i18n';
import { kindAbout, kindName } from '../../text/kinds';
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

export function AnswerView({ answer, sample, kernels, prior: chosen, outdated, onPrior, onAgain }: Props) {
  const { prior, isDefault, decision } = decisionFor(answer, chosen);
  const { model } = answer;
  const byId = new Map(model.labels.map((label) => [label.id, label]));
  const top = byId.get(decision?.order[0] ?? '');
  if (!decision || !top) return null;
  /* The mark was set for the default prior and means nothing under another. */
  const mark = isDefault ? model.malignantMark : null;
  const source = t('shell.model', { name: model.name, version: model.version });
  return (
    <div class="answer">
      {sample && <p class="sample-note">{t('answer.sample')}</p>}
      <p class="eyebrow">{t('answer.most')}</p>
      <div class="verdict">
        <h2 class="display">{kindName(top)}</h2>
        <p class="verdict-number">{percent(decision.probabilities[top.id] ?? 0)}</p>
      </div>
      {kindAbout(top) && <p class="lead">{kindAbout(top)}</p>}
      <Malignant share={decision.malignant} mark={mark} labels={model.labels} />
      <Bars decision={decision} labels={byId} />
      <Advice above={mark !== null && decision.malignant >= mark} />
      <Details answer={answer} prior={prior} kernels={kernels} onPrior={onPrior} />
      <p class="aside took">{t('answer.took', { time: milliseconds(answer.ms.total), model: source })}</p>
      {outdated && (
        <p class="outdated" role="status">
          {t('answer.outdated')}
          <button type="button" class="button button-small" onClick={onAgain}>
            {t('answer.again')}
          </button>
        </p>
      )}
    </div>
  );
}
