/** All classes with their probabilities, the most probable first. */
import type { Decision, Label } from '../../shared/messages';
import { percent } from '../../text/format';
import { t } from '../../text/i18n';
import { kindName } from '../../text/kinds';

interface Props {
  decision: Decision;
  labels: Map<string, Label>;
}

function Bar({ label, share }: { label: Label; share: number }) {
  return (
    <li class={label.malignant ? 'bar bar-malignant' : 'bar'} data-label={label.id}>
      <span class="bar-name">
        {kindName(label)}
        {label.malignant && <span class="tag">{t('answer.malignantKind')}</span>}
      </span>
      <span class="bar-number">{percent(share)}</span>
      <span class="bar-track" aria-hidden="true" style={{ '--share': share }}>
        <span class="bar-fill" />
      </span>
    </li>
  );
}

export function Bars({ decision, labels }: Props) {
  return (
    <section class="block">
      <h3 class="small-heading">{t('answer.bars')}</h3>
      <ol class="bars">
        {decision.order.map((id) => {
          const label = labels.get(id);
          return label && <Bar key={id} label={label} share={decision.probabilities[id] ?? 0} />;
        })}
      </ol>
    </section>
  );
}
