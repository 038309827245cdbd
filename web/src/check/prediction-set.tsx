/** The classes that it may be, and how often the truth was among such in tests. */
import type { ModelInfo } from '../protocol/engine-messages';
import { or } from '../text/format';
import { t } from '../text/i18n';
import { labelName } from '../text/label-names';

/** 0.9 as "9 of 10", 0.95 as "19 of 20": the fewest tests that give the share. */
function inTests(coverage: number): { hits: number; count: number } {
  for (let count = 10; count <= 100; count += 10) {
    const hits = coverage * count;
    if (Math.abs(hits - Math.round(hits)) < 1e-6) return { hits: Math.round(hits), count };
  }
  return { hits: Math.round(coverage * 100), count: 100 };
}

interface Props {
  ids: string[];
  model: ModelInfo;
  /** Of the sets for this kind of picture; null where none is stated, or the picture is of no kind. */
  coverage: number | null;
}

export function PredictionSet({ ids, model, coverage }: Props) {
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
