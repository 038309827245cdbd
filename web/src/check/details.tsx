/** The prior to decide by, and how the answer came about. */

import type { EngineState } from '../engine/engine';
import type { Answer, KeptModel, PriorName } from '../protocol/engine-messages';
import { milliseconds } from '../text/format';
import { t, tIfAny } from '../text/i18n';
import { FactList } from '../widgets/fact-list';
import { late } from '../widgets/late';

const ModelChoice = late(async () => (await import('../model/model-choice')).ModelChoice);

interface Props {
  answer: Answer;
  prior: PriorName;
  engine: EngineState;
  models: KeptModel[];
  onPrior: (prior: PriorName) => void;
  onModel: (model: string) => void;
}

export function Details({ answer, prior, engine, models, onPrior, onModel }: Props) {
  const { ms, photo, model } = answer;
  const times = {
    decode: milliseconds(ms.decode),
    resize: milliseconds(ms.resize),
    infer: milliseconds(ms.infer),
  };
  const facts: [string, string][] = [
    [t('details.size'), t('details.sizeValue', { width: photo.width, height: photo.height })],
    [t('details.decoder'), t(`details.decoder.${answer.decoder}`)],
    [t('details.times'), t('details.timesValue', times)],
    [t('details.model'), t('shell.modelVersion', { name: model.name, version: model.version })],
  ];
  if (engine.phase === 'ready') facts.push([t('details.kernels'), t(`details.kernels.${engine.kernels}`)]);
  return (
    <details class="block details">
      <summary>{t('details.heading')}</summary>
      <fieldset class="priors">
        <legend>{t('details.prior')}</legend>
        {Object.keys(answer.decisions).map((name) => (
          <label key={name}>
            <input type="radio" name="prior" value={name} checked={name === prior} onChange={() => onPrior(name)} />
            {tIfAny(`details.prior.${name}`) ?? name}
          </label>
        ))}
      </fieldset>
      {model.views > 1 && <p class="aside">{t('views.lead', { count: model.views })}</p>}
      <FactList facts={facts} />
      {models.length > 1 && <ModelChoice name="photoModel" models={models} chosen={model.sha256} onChoose={onModel} />}
    </details>
  );
}
