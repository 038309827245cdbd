/** On how many threads the engine computes. Where more than one cannot be had, it says why. */

import { canShareMemory } from '../../package/shared-memory';
import { mostThreads } from '../browser/threads';
import type { State } from '../state';
import { t } from '../text/i18n';

interface Props {
  state: State;
  onChoose: (threads: number) => void;
}

export function ThreadsChoice({ state: { engine, preferences }, onChoose }: Props) {
  const most = engine.phase === 'ready' && engine.kernels !== 'relaxed' ? 1 : mostThreads();
  if (most === 1 || !canShareMemory())
    return (
      <section class="block" data-threads="one">
        <h3 class="field-name">{t('settings.threads')}</h3>
        <p>{t(most > 1 && !crossOriginIsolated ? 'settings.threadsLater' : 'settings.threadsOne')}</p>
      </section>
    );
  return (
    <section class="block" data-threads="choice">
      <label class="field">
        <span class="field-name">{t('settings.threads')}</span>
        <select
          class="select"
          name="threads"
          value={Math.min(preferences.threads, most)}
          onChange={({ currentTarget: { value } }) => onChoose(Number(value))}
        >
          {Array.from({ length: most }, (_, i) => i + 1).map((count) => (
            <option key={count} value={count}>
              {t('settings.threadCount', { count })}
            </option>
          ))}
        </select>
      </label>
      <p class="aside">{t('settings.threadsLead')}</p>
    </section>
  );
}
