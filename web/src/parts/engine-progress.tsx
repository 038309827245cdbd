/** What the engine is at before it is ready. */
import type { EngineState } from '../slices/engine';
import { megabytes } from '../text/format';
import { t } from '../text/i18n';
import { Progress } from './progress';

export function EngineProgress({ engine }: { engine: Extract<EngineState, { phase: 'loading' }> }) {
  const { received, total } = engine;
  if (total === 0) return <Progress label={t('engine.loading')} share={null} />;
  return (
    <Progress
      label={t('engine.bytes', { received: megabytes(received), total: megabytes(total) })}
      share={received / total}
    />
  );
}
