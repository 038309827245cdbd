/** The app on this device: cached for use without a network, newer versions, on the home screen. */
import type { Actions } from '../actions';
import { checkForUpdate } from '../offline/registration';
import type { State } from '../state';
import { t } from '../text/i18n';

interface Props {
  state: State;
  actions: Actions;
}

export function OfflineState({ state: { offline, model, update }, actions }: Props) {
  return (
    <section class="block">
      <h3 class="field-name">{t('offline.heading')}</h3>
      <p>{t(`shell.offline.${offline}`)}</p>
      {model && model.cached !== null && <p>{t(model.cached ? 'offline.modelKept' : 'offline.modelGone')}</p>}
      {update !== 'none' && <p>{t(`shell.update.${update}`)}</p>}
      <div class="button-row">
        {update !== 'none' && (
          <button type="button" class="button button-small" data-reload onClick={() => void actions.takeUpdate()}>
            {t('shell.reload')}
          </button>
        )}
        {(offline === 'failed' || model?.cached === false) && (
          <button type="button" class="button button-small" onClick={() => location.reload()}>
            {t('offline.load')}
          </button>
        )}
        <button
          type="button"
          class="button button-small"
          onClick={() => {
            checkForUpdate();
            actions.tendModels();
          }}
        >
          {t('offline.look')}
        </button>
      </div>
    </section>
  );
}

export function InstallState({ state: { install }, actions }: Props) {
  return (
    <section class="block" data-install={install}>
      <h3 class="field-name">{t('install.heading')}</h3>
      {install === 'installed' ? <p>{t('install.done')}</p> : <p>{t('install.lead')}</p>}
      {install === 'by-hand' && <p>{t('install.ios')}</p>}
      {install === 'by-hand' && (
        <p class="apple-note">
          {t('install.iosKept')} {t('install.iosOwn')}
        </p>
      )}
      {install === 'unknown' && <p>{t('install.other')}</p>}
      {install === 'offered' && (
        <button type="button" class="button button-small" onClick={() => void actions.install()}>
          {t('install.button')}
        </button>
      )}
    </section>
  );
}
