/** The offer to put the app on the home screen: once, after an answer to a photo of one's own. */
import type { Actions } from '../actions';
import type { State } from '../state';
import { t } from '../text/i18n';

export function InstallCard({ state: { install, preferences, photo }, actions }: { state: State; actions: Actions }) {
  const fitting = (install === 'offered' || install === 'by-hand') && !preferences.installAsked && !photo?.sample;
  if (!fitting) return null;
  return (
    <section class="block install-card">
      <h3 class="small-heading">{t('install.heading')}</h3>
      <p>{t('install.lead')}</p>
      {install === 'by-hand' && <p>{t('install.ios')}</p>}
      {install === 'by-hand' && <p>{t('install.iosOwn')}</p>}
      <div class="button-row">
        {install === 'offered' && (
          <button type="button" class="button button-small" data-install onClick={() => void actions.install()}>
            {t('install.button')}
          </button>
        )}
        <button
          type="button"
          class="button button-small button-quiet"
          data-later
          onClick={() => void actions.prefer({ installAsked: true })}
        >
          {t('install.later')}
        </button>
      </div>
    </section>
  );
}
