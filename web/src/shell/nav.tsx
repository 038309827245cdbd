/** The ways to the main screens: a line in the header on a desk, a bar at the foot of a phone. */
import { href, type ScreenName } from '../navigation/route';
import { t } from '../text/i18n';
import type { PlainKey } from '../text/messages';

/** Drawn on a grid of 24, in lines. */
const WAYS: { screen: ScreenName; name: PlainKey; icon: string }[] = [
  { screen: 'check', name: 'nav.check', icon: 'M10.5 4a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13zM15.5 15.5L21 21' },
  {
    screen: 'history',
    name: 'nav.history',
    icon: 'M4 12a8 8 0 1 0 2.6-5.9L4 8.5M4 4v4.5h4.5M12 8v4.5l3 2',
  },
  {
    screen: 'settings',
    name: 'nav.settings',
    icon: 'M4 7h9M19 7h1M16 4.5v5M4 17h1M11 17h9M8 14.5v5',
  },
  {
    screen: 'model',
    name: 'nav.model',
    icon: 'M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17zM12 11v5.5M12 7.5v.5',
  },
];

export function Nav({ current }: { current: ScreenName }) {
  return (
    <nav class="nav" aria-label={t('nav.label')}>
      <ul class="nav-list">
        {WAYS.map(({ screen, name, icon }) => (
          <li key={screen}>
            <a class="nav-way" href={href(screen)} aria-current={screen === current ? 'page' : undefined}>
              <svg class="nav-icon" viewBox="0 0 24 24" aria-hidden="true">
                <path d={icon} />
              </svg>
              {t(name)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
