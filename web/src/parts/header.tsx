/** The top line: the name, the ways to the screens, and whether a network is needed. */
import { href, type ScreenName } from '../route';
import type { Offline } from '../slices/shell';
import { t } from '../text/i18n';
import { Mark } from './mark';
import { Nav } from './nav';

interface Props {
  offline: Offline;
  /** The model is kept on the device. */
  kept: boolean;
  current: ScreenName;
}

export function Header({ offline, kept, current }: Props) {
  const state = offline === 'ready' && !kept ? 'unknown' : offline;
  return (
    <header class="header">
      <h1 class="wordmark">
        <a class="wordmark-link" href={href('check')}>
          <Mark />
          <span translate={false}>Lentigo</span>
        </a>
      </h1>
      <Nav current={current} />
      <p class="offline" data-offline={state}>
        {t(`shell.offline.${state}`)}
      </p>
    </header>
  );
}
