/** The models on this device: which is used, which can go, and whether the site has a newer one. */
import { useEffect } from 'preact/hooks';
import type { Actions } from '../actions';
import type { KeptModel, ShelfView } from '../protocol/engine-messages';
import type { State } from '../state';
import { bytes, shortHash } from '../text/format';
import { t } from '../text/i18n';
import { ConfirmButton } from '../widgets/confirm-button';
import { Newer, UpdateStatus } from './newer';

interface Props {
  state: State;
  actions: Actions;
}

export function ModelsSection({ state, actions }: Props) {
  const { shelf } = state;
  const isSeen = shelf?.signed && shelf.looked > 0;
  useEffect(() => {
    if (isSeen) void actions.withModels((work) => work.recall());
  }, [isSeen]);
  if (!shelf) return null;
  return (
    <section class="block models" data-updates={shelf.signed ? 'signed' : 'none'} data-update={state.modelUpdate.phase}>
      <h3 class="field-name">{t('models.heading')}</h3>
      {shelf.left !== null && <p class="models-left">{t('models.left', { version: shelf.left })}</p>}
      <Kept shelf={shelf} actions={actions} />
      <UpdateStatus update={state.modelUpdate} onStop={() => actions.withModels((work) => work.stop())} />
      {shelf.signed ? (
        <Newer state={state} actions={actions} />
      ) : (
        <p class="aside">
          {t('models.unsigned')} {t('models.withApp')}
        </p>
      )}
    </section>
  );
}

/** Versions of the app's models follow each other; a file of the person's own has a name. */
const nameOf = ({ source, id, version }: KeptModel) => (source === 'person' ? id : version);

function Kept({ shelf, actions }: { shelf: ShelfView; actions: Actions }) {
  const before = shelf.models.find(({ sha256 }) => sha256 === shelf.previous);
  return (
    <fieldset class="choices">
      <legend class="unseen">{t('models.kept')}</legend>
      {shelf.models.map((model) => (
        <Model key={model.sha256} model={model} isUsed={model.sha256 === shelf.current} actions={actions} />
      ))}
      {before && (
        <p>
          <button
            type="button"
            class="button button-small"
            data-go-back
            onClick={() => actions.withModels((work) => work.choose(before.sha256))}
          >
            {t('models.back', { version: nameOf(before) })}
          </button>
        </p>
      )}
    </fieldset>
  );
}

function Model({ model, isUsed, actions }: { model: KeptModel; isUsed: boolean; actions: Actions }) {
  const { id, version, sha256, source } = model;
  return (
    <div class="kept-model" data-model={sha256} data-version={version} data-used={isUsed} data-source={source}>
      <label class="choice">
        <input
          type="radio"
          name="model"
          value={sha256}
          checked={isUsed}
          onChange={() => actions.withModels((work) => work.choose(sha256))}
        />
        <span>
          <span translate={false}>
            {id} {version}
          </span>
          <span class="aside choice-note">
            {t(`models.source.${source}`)} · {bytes(model.bytes)} ·{' '}
            <code dir="ltr" translate={false}>
              {shortHash(sha256)}
            </code>
          </span>
        </span>
      </label>
      {!isUsed && (
        <ConfirmButton
          name={t('models.delete')}
          question={source === 'person' ? t('models.deleteOwn', { name: id }) : t('models.deleteQuestion', { version })}
          onConfirm={() => void actions.withModels((work) => work.drop(sha256))}
        />
      )}
    </div>
  );
}
