/** The model file in figures. */
import type { ModelInfo } from '../../shared/messages';
import { megabytes, percent } from '../../text/format';
import { t } from '../../text/i18n';

export function ModelFacts({ model }: { model: ModelInfo }) {
  const facts: [string, string][] = [
    [t('model.name'), `${model.name} ${model.version}`],
    [t('model.size'), megabytes(model.bytes)],
    [t('model.crop'), percent(model.crop)],
    [t('model.views'), t('format.number', { value: model.views })],
    [t('model.licence'), model.licence],
    [t('model.hash'), model.sha256],
  ];
  if (model.coverage !== null) facts.push([t('model.coverage'), percent(model.coverage)]);
  return (
    <section class="block">
      <h3 class="lesson-part">{t('model.facts')}</h3>
      <dl class="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd translate={false} dir="auto">
              {value}
            </dd>
          </div>
        ))}
      </dl>
      <p class="aside" translate={false} lang="en" dir="ltr">
        {model.attribution}
      </p>
    </section>
  );
}
