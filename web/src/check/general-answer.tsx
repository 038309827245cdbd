/** The answer of a model that says nothing of lesions: its classes and their shares, and whose they are. */
import type { Actions } from '../actions';
import { decisionFor } from '../answer/decision';
import { ModelChoice } from '../model/model-choice';
import type { Answer, Label } from '../protocol/engine-messages';
import type { State } from '../state';
import { list, milliseconds, percent } from '../text/format';
import { t } from '../text/i18n';
import { FactList } from '../widgets/fact-list';

interface Props {
  answer: Answer;
  state: State;
  actions: Actions;
}

/** Of a thousand classes, so many are listed; the others follow on request. */
const FIRST_CLASSES = 5;

export function GeneralAnswer({ answer, state, actions }: Props) {
  const { model, ms, photo } = answer;
  const { decision } = decisionFor(answer, null);
  if (!decision) return null;
  const byId = new Map(model.labels.map((label) => [label.id, label]));
  const rows = decision.order.flatMap((id): [Label, number][] => {
    const label = byId.get(id);
    return label ? [[label, decision.probabilities[id] ?? 0]] : [];
  });
  const [top] = rows;
  if (!top) return null;
  const models = state.shelf?.models ?? [];
  const guess = byId.get(state.guess?.label ?? '');
  const marked = model.labels.filter((label) => label.marked);
  const times = { decode: milliseconds(ms.decode), resize: milliseconds(ms.resize), infer: milliseconds(ms.infer) };
  const facts: [string, string][] = [
    [t('details.size'), t('details.sizeValue', { width: photo.width, height: photo.height })],
    [t('details.times'), t('details.timesValue', times)],
  ];
  return (
    <div class="general-answer">
      <p class="eyebrow">{t('answer.most')}</p>
      <div class="verdict">
        <h2 class="display" translate={false} dir="auto">
          {top[0].name}
        </h2>
        <p class="verdict-number">{percent(top[1])}</p>
      </div>
      {guess && <p class="own-guess">{t(guess === top[0] ? 'guess.same' : 'guess.other', { name: guess.name })}</p>}
      <section class="block">
        <h3 class="small-heading">{t('answer.bars')}</h3>
        <Shares rows={rows.slice(0, FIRST_CLASSES)} />
        {rows.length > FIRST_CLASSES && (
          <details class="details">
            <summary>{t('general.all')}</summary>
            <Shares rows={rows.slice(FIRST_CLASSES)} />
          </details>
        )}
      </section>
      {marked.length > 0 && (
        <section class="block general-marked">
          <h3 class="small-heading">{t('general.marked', { share: percent(decision.malignant) })}</h3>
          <p class="aside" translate={false} dir="auto">
            {list(marked.map(({ name }) => name))}
          </p>
        </section>
      )}
      <p class="block general-note">{t('general.note')}</p>
      <div class="block">
        <FactList facts={facts} />
      </div>
      {models.length > 1 && (
        <ModelChoice name="photoModel" models={models} chosen={model.sha256} onChoose={actions.classifyBy} />
      )}
      <p class="aside took">
        {t('answer.took', {
          time: milliseconds(ms.total),
          model: t('shell.model', { name: model.name, version: model.version }),
        })}
      </p>
    </div>
  );
}

function Shares({ rows }: { rows: [Label, number][] }) {
  return (
    <ol class="bars">
      {rows.map(([{ id, name, marked }, share]) => (
        <li class={marked ? 'bar bar-malignant' : 'bar'} key={id} data-label={id}>
          <span class="bar-name">
            <span translate={false} dir="auto">
              {name}
            </span>
            {marked && <span class="tag tag-alarm">{t('general.tag')}</span>}
          </span>
          <span class="bar-number">{percent(share)}</span>
          <span class="bar-track" aria-hidden="true" style={{ '--share': share }}>
            <span class="bar-fill" />
          </span>
        </li>
      ))}
    </ol>
  );
}
