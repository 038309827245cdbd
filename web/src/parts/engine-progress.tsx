/** What the engine is at before it is ready. */
import type { EngineState } from '../state';
import { text } from '../text/en';
import { megabytes } from '../text/format';
import { Progress } from './progress';

export function EngineProgress({ engine }: { engine: Extract<EngineState, { phase: 'loading' }> }) {
  const { received, total } = engine;
  if (total === 0) return <Progress label={text.engine.loading} share={null} />;
  return <Progress label={text.engine.bytes(megabytes(received), megabytes(total))} share={received / total} />;
}
