/** What iOS does to what a web page stores, said before anything is saved in a tab of its browser. */
import { href } from '../navigation/route';
import type { State } from '../state';
import { t } from '../text/i18n';

/** `install`: 'by-hand' is what the app knows a tab on iOS by. */
export function AppleNote({ state: { install, storageUse } }: { state: State }) {
  if (install !== 'by-hand' || storageUse?.persisted) return null;
  return (
    <p class="aside apple-note">
      {t('install.iosKept')} {t('install.iosOwn')} <a href={href('settings')}>{t('install.iosHow')}</a>
    </p>
  );
}
