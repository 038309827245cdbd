/** The top line: the name, the ways to the screens, and how far the engine is, then whether a network is needed. */

import type { EngineState } from '../engine/engine';
import { EngineProgress } from '../engine/engine-progress';
import { href, type ScreenName } from '../navigation/route';
import type { Offline } from '../offline/registration';
import { t } from '../text/i18n';
import { Mark } from '../widgets/mark';
import { Nav } from './nav';

interface Props {
  engine: EngineState;
  offline: Offline;
  /** The model is cached on the device. */
  modelCached: boolean;
  current: ScreenName;
}

export function Header({ engine, offline, modelCached, current }: Props) {
  const state = offline === 'ready' && !modelCached ? 'unknown' : offline;
  return (
    <header class="header">
      <h1 class="wordmark">
        <a class="wordmark-link" href={href('check')}>
          <Mark />
          <span translate={false}>Lentigo</span>
        </a>
      </h1>
      <Nav current={current} />
      <div class="state">
        {engine.phase === 'loading' && <EngineProgress engine={engine} />}
        <p class="offline" data-offline={state} hidden={engine.phase === 'loading'}>
          {t(`shell.offline.${state}`)}
        </p>
      </div>
    </header>
  );
}
