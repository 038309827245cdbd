/** Where the current screen is drawn: fetched first where it is a file of its own. */
import { useEffect, useState } from 'preact/hooks';
import type { Actions } from '../actions';
import { useArrival } from '../navigation/arrival';
import type { ScreenName } from '../navigation/route';
import { type Failure, Fault, toFailure } from '../protocol/fault';
import type { Screen } from '../screen';
import { SCREEN_TABLE, type ScreenEntry } from '../screens';
import type { State } from '../state';
import { readLateTexts, t } from '../text/i18n';
import { Notice } from '../widgets/notice';
import { Progress } from '../widgets/progress';
import { Boundary } from './boundary';
import { Broken } from './broken';

interface Props {
  state: State;
  actions: Actions;
}

const fetched = new Map<ScreenName, Screen>();

/** The screen's component where it is here; else a reason, or null while it comes. */
function useScreen(
  name: ScreenName,
  entry: ScreenEntry,
): { screen: Screen | null; failure: Failure | null; again: () => void } {
  const [failed, setFailed] = useState<{ name: ScreenName; failure: Failure } | null>(null);
  const [attempt, setAttempt] = useState(0);
  const [, setCome] = useState(0);
  const screen = 'screen' in entry ? entry.screen : (fetched.get(name) ?? null);
  useEffect(() => {
    if (screen || !('load' in entry)) return;
    Promise.all([entry.load(), readLateTexts()]).then(
      ([come]) => {
        fetched.set(name, come);
        setCome((count) => count + 1);
      },
      (error: Error) => setFailed({ name, failure: toFailure(new Fault('screen', error.message)) }),
    );
  }, [name, attempt]);
  const again = () => {
    setFailed(null);
    setAttempt((count) => count + 1);
  };
  return { screen, failure: failed?.name === name ? failed.failure : null, again };
}

export function ScreenPlace({ state, actions }: Props) {
  const { route } = state;
  const name = route.screen in SCREEN_TABLE ? route.screen : 'check';
  const entry = SCREEN_TABLE[name] ?? SCREEN_TABLE.check;
  const { screen: Current, failure, again } = useScreen(name, entry);
  const place = [name, ...route.rest].join('/');
  useArrival(place, name === 'check' ? 'Lentigo' : t('app.title', { screen: t(entry.title) }));
  if (Current)
    return (
      <Boundary
        place={place}
        fallback={(broken, anew) => <Broken failure={broken} again={anew} state={state} actions={actions} />}
      >
        <Current state={state} actions={actions} />
      </Boundary>
    );
  if (failure) return <Notice heading={t('screen.failed')} failure={failure} onRetry={again} />;
  return <Progress label={t('screen.loading')} share={null} />;
}
