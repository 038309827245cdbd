/** The top line: the name, and whether a network is needed. */
import type { State } from '../state';
import { text } from '../text/en';
import { Mark } from './mark';

export function Header({ offline, kept }: { offline: State['offline']; kept: boolean }) {
  const state = offline === 'ready' && !kept ? 'unknown' : offline;
  return (
    <header class="header">
      <h1 class="wordmark">
        <Mark />
        {text.title}
      </h1>
      <p class="offline" data-offline={state}>
        {text.shell.offline[state]}
      </p>
    </header>
  );
}
