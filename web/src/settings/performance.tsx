/** What does the work, and how long the last photo took. */

import type { KernelUse } from '../protocol/engine-messages';
import type { State } from '../state';
import { and, bytes, milliseconds } from '../text/format';
import { t } from '../text/i18n';
import { FactList } from '../widgets/fact-list';

/** "dw-usdot × 16": what an engine's part is called is the same in all languages. */
const named = ({ name, operators }: KernelUse) => t('perf.routinesValue', { name, count: operators });

export function Performance({ state: { engine, model, job } }: { state: State }) {
  const answer = job.phase === 'done' ? job.answer : null;
  const facts: [string, string][] = [];
  if (engine.phase === 'ready')
    facts.push([
      t('perf.kernels'),
      t('perf.kernelsValue', {
        kernels: t(`details.kernels.${engine.kernels}`),
        threads: t('settings.threadCount', { count: engine.threads }),
      }),
    ]);
  if (model) facts.push([t('perf.model'), t('shell.modelVersion', { name: model.name, version: model.version })]);
  if (model) facts.push([t('perf.routines'), and(model.kernels.map(named))]);
  facts.push([t('perf.cores'), t('format.number', { value: navigator.hardwareConcurrency })]);
  if (answer) {
    for (const stage of ['decode', 'resize', 'infer', 'total'] as const)
      facts.push([t(`perf.${stage}`), milliseconds(answer.ms[stage])]);
    facts.push([t('perf.memory'), bytes(answer.memory)]);
  }
  return (
    <section class="block performance">
      <h3 class="field-name">{t('perf.heading')}</h3>
      <FactList facts={facts} />
      {!answer && <p class="aside">{t('perf.none')}</p>}
    </section>
  );
}
