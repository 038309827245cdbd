/** The model file in figures. */

import type { ModelInfo } from '../protocol/engine-messages';
import { bytes, percent } from '../text/format';
import { t } from '../text/i18n';
import { pictureName } from '../text/label-names';
import { FactList } from '../widgets/fact-list';
import { Verbatim } from '../widgets/verbatim';

export function ModelFacts({ model }: { model: ModelInfo }) {
  const facts: [string, string][] = [
    [t('model.name'), `${model.name} ${model.version}`],
    [t('model.size'), bytes(model.bytes)],
    [t('model.crop'), percent(model.crop)],
    [t('model.views'), t('format.number', { value: model.views })],
    [t('model.licence'), model.licence],
    [t('model.hash'), model.sha256],
  ];
  for (const { id, coverage } of model.kinds) {
    if (coverage === null) continue;
    const name = id === '' ? t('model.coverage') : `${t('model.coverage')} (${pictureName(id, model.kinds)})`;
    facts.push([name, percent(coverage)]);
  }
  return (
    <section class="block">
      <h3 class="lesson-part">{t('model.facts')}</h3>
      <FactList facts={facts.map(([name, value]) => [name, <Verbatim key={name} text={value} />])} />
      <p class="aside" translate={false} lang="en" dir="ltr">
        {model.attribution}
      </p>
    </section>
  );
}
