/** The head of the answer: the class that leads, or that none does; and which ones it may be. */
import { href } from '../navigation/route';
import type { Decision, Label, ModelInfo } from '../protocol/engine-messages';
import { or, percent } from '../text/format';
import { t } from '../text/i18n';
import { labelAbout, labelName } from '../text/label-names';

interface Props {
  decision: Decision;
  model: ModelInfo;
  /** Of the prediction sets for this kind of picture; null where none is stated, or the picture is of no kind. */
  coverage: number | null;
  /** Taken without a dermatoscope: said with less certainty. */
  plain: boolean;
}

export function Verdict({ decision, model, coverage, plain }: Props) {
  const top = model.labels.find(({ id }) => id === decision.order[0]);
  if (!top) return null;
  const share = percent(decision.probabilities[top.id] ?? 0);
  return (
    <>
      {decision.abstain ? <Unsure top={top} share={share} /> : <Leading top={top} share={share} plain={plain} />}
      {decision.set && <PredictionSet ids={decision.set} model={model} coverage={coverage} />}
    </>
  );
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

/** 0.9 as "9 of 10", 0.95 as "19 of 20": the fewest tests that give the share. */
function inTests(coverage: number): { hits: number; count: number } {
  for (let count = 10; count <= 100; count += 10) {
    const hits = coverage * count;
    if (Math.abs(hits - Math.round(hits)) < 1e-6) return { hits: Math.round(hits), count };
  }
  return { hits: Math.round(coverage * 100), count: 100 };
}

function PredictionSet({ ids, model, coverage }: { ids: string[]; model: ModelInfo; coverage: number | null }) {
  const byId = new Map(model.labels.map((label) => [label.id, label]));
  const names = ids.flatMap((id) => byId.get(id) ?? []).map(labelName);
  return (
    <div class="set">
      <h3 class="small-heading">{t('answer.setHeading')}</h3>
      <p class="set-names">{or(names)}</p>
      {coverage !== null && <p class="aside">{t('answer.setCoverage', inTests(coverage))}</p>}
    </div>
  );
}
