/** The head of the answer: the class that leads, or that none does. */
import { href } from '../navigation/route';
import type { Decision, Label, ModelInfo } from '../protocol/engine-messages';
import { percent } from '../text/format';
import { t } from '../text/i18n';
import { labelAbout, labelName } from '../text/label-names';

interface Props {
  decision: Decision;
  model: ModelInfo;
  /** Taken without a dermatoscope: said with less certainty. */
  plain: boolean;
}

export function Verdict({ decision, model, plain }: Props) {
  const top = model.labels.find(({ id }) => id === decision.order[0]);
  if (!top) return null;
  const share = percent(decision.probabilities[top.id] ?? 0);
  return decision.abstain ? <Unsure top={top} share={share} /> : <Leading top={top} share={share} plain={plain} />;
}

function Leading({ top, share, plain }: { top: Label; share: string; plain: boolean }) {
  return (
    <>
      <p class="eyebrow">{t(plain ? 'plain.most' : 'answer.most')}</p>
      <div class="verdict">
        <h2 class="display">{labelName(top)}</h2>
        <p class="verdict-number">{share}</p>
      </div>
      {labelAbout(top) && <p class="lead">{labelAbout(top)}</p>}
      <a class="back" href={href('lesson', top.id)}>
        {t('lesson.read')}
      </a>
    </>
  );
}

function Unsure({ top, share }: { top: Label; share: string }) {
  return (
    <div class="unsure">
      <h2 class="display">{t('answer.unsure')}</h2>
      <p class="lead">{t('answer.unsureLead')}</p>
      <p class="aside">{t('answer.nearest', { name: labelName(top), share })}</p>
    </div>
  );
}
