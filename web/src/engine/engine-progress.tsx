/** What the engine is at before it is ready: bytes of the model, and how long it will take. */
import { useEffect, useState } from 'preact/hooks';
import { bytes, duration } from '../text/format';
import { t } from '../text/i18n';
import { Progress } from '../widgets/progress';
import type { EngineState } from './engine';

type Loading = Extract<EngineState, { phase: 'loading' }>;

/* Before that a guess would jump. */
const GUESS_MS = 1_000;
/* So long without a byte is said. */
const STALL_MS = 5_000;

/** The time now, told anew each second. */
function useClock(): number {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** When what is shown came. */
function useArrived(received: number): number {
  const [arrived, setArrived] = useState({ received, at: Date.now() });
  if (arrived.received === received) return arrived.at;
  setArrived({ received, at: Date.now() });
  return Date.now();
}

function words({ received, total, since }: Loading, arrived: number, now: number): string {
  const sizes = { received: bytes(received), total: bytes(total) };
  if (now - arrived >= STALL_MS) return t('engine.stalled', { ...sizes, time: duration(now - arrived) });
  const passed = now - since;
  if (passed < GUESS_MS || received === 0) return t('engine.bytes', sizes);
  return t('engine.left', { ...sizes, time: duration((passed / received) * (total - received)) });
}

export function EngineProgress({ engine }: { engine: Loading }) {
  const now = useClock();
  const arrived = useArrived(engine.received);
  const { received, total } = engine;
  if (total === 0) return <Progress label={t('engine.loading')} share={null} />;
  return <Progress label={words(engine, arrived, now)} share={received / total} />;
}
