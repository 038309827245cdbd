/** That the engine did not start: on every screen, before anything else, with a way to try again. */

import { bytes, clock } from '../text/format';
import { t } from '../text/i18n';
import { Notice } from '../widgets/notice';
import type { EngineState } from './engine';

export function EngineNotice({ engine, onRetry }: { engine: EngineState; onRetry: () => void }) {
  if (engine.phase !== 'failed') return null;
  const { failure, received, total, time } = engine;
  const sizes = { received: bytes(received), total: bytes(total) };
  return (
    <div class="engine-notice">
      <Notice heading={t('engine.failed')} failure={failure} onRetry={onRetry}>
        <p class="aside">
          {total > 0 && t('engine.hadCome', sizes)} {t('engine.again', { time: clock(time) })}
        </p>
      </Notice>
    </div>
  );
}
