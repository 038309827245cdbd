/** All classes with their probabilities, the most probable first. */
import { href } from '../navigation/route';
import type { Decision, Label } from '../protocol/engine-messages';
import { percent } from '../text/format';
import { t } from '../text/i18n';
import { labelName } from '../text/label-names';

interface Props {
  decision: Decision;
  labels: Label[];
}

interface BarProps {
  label: Label;
  share: number;
  inSet: boolean;
}

function Bar({ label, share, inSet }: BarProps) {
  return (
    <li class={label.malignant ? 'bar bar-malignant' : 'bar'} data-label={label.id} data-in-set={inSet}>
      <span class="bar-name">
        <a class="bar-link" href={href('lesson', label.id)}>
          {labelName(label)}
        </a>
        {label.malignant && <span class="tag tag-alarm">{t('answer.malignantKind')}</span>}
        {inSet && <span class="tag">{t('answer.inSet')}</span>}
      </span>
      <span class="bar-number">{percent(share)}</span>
      <span class="bar-track" aria-hidden="true" style={{ '--share': share }}>
        <span class="bar-fill" />
      </span>
    </li>
  );
}

export function Bars({ decision, labels }: Props) {
  const byId = new Map(labels.map((label) => [label.id, label]));
  return (
    <section class="block">
      <h3 class="small-heading">{t('answer.bars')}</h3>
      <ol class="bars">
        {decision.order.map((id) => {
          const label = byId.get(id);
          const inSet = decision.set?.includes(id) ?? false;
          return label && <Bar key={id} label={label} share={decision.probabilities[id] ?? 0} inSet={inSet} />;
        })}
      </ol>
    </section>
  );
}
