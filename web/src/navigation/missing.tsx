/** An address that leads nowhere. */

import { t } from '../text/i18n';
import { href } from './route';

export function Missing() {
  return (
    <div class="sheet missing">
      <h2 class="display">{t('missing.heading')}</h2>
      <p class="lead">{t('missing.lead')}</p>
      <p>
        <a class="button" href={href('check')}>
          {t('missing.way')}
        </a>
      </p>
    </div>
  );
}
