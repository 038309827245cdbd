/** Newer models of the site: looked for, shown with what changed, and fetched once the person says so. */
import type { Actions } from '../actions';
import type { ModelInfo, Offer } from '../protocol/engine-messages';
import type { FaultCode } from '../protocol/fault';
import type { State } from '../state';
import { bytes, decimal, moment, percent } from '../text/format';
import { language, t, tIfAny } from '../text/i18n';
import { pictureName } from '../text/label-names';
import { FactList } from '../widgets/fact-list';
import { Notice } from '../widgets/notice';
import { Progress } from '../widgets/progress';
import type { ModelUpdate } from './state';

interface Props {
  state: State;
  actions: Actions;
}

export function Newer({ state, actions }: Props) {
  const { look, modelUpdate, preferences, shelf, model } = state;
  const isBusy = modelUpdate.phase === 'looking' || modelUpdate.phase === 'fetching';
  const newer = look?.offers.find(({ sha256 }) => sha256 === look.newer);
  const others = look?.offers.filter(({ sha256 }) => sha256 !== look.newer) ?? [];
  return (
    <div class="newer">
      {newer && !isBusy && <OfferCard offer={newer} model={model} actions={actions} />}
      {look && !newer && !isBusy && modelUpdate.phase !== 'failed' && (
        <p role="status" data-newest>
          {t('models.newest')}
        </p>
      )}
      <div class="button-row">
        <button
          type="button"
          class="button button-small"
          data-look
          aria-disabled={isBusy}
          onClick={() => actions.withModels((work) => work.look(true))}
        >
          {t('models.look')}
        </button>
      </div>
      {shelf !== null && shelf.looked > 0 && <p class="aside">{t('models.looked', { time: moment(shelf.looked) })}</p>}
      <label class="choice">
        <input
          type="checkbox"
          name="lookDaily"
          checked={preferences.lookDaily}
          onChange={({ currentTarget: { checked } }) => void actions.prefer({ lookDaily: checked })}
        />
        <span>
          {t('models.daily')}
          <span class="aside choice-note">{t('models.dailyNote')}</span>
        </span>
      </label>
      {others.length > 0 && <Others offers={others} state={state} actions={actions} />}
    </div>
  );
}

export function UpdateStatus({ update, onStop }: { update: ModelUpdate; onStop: () => void }) {
  if (update.phase === 'looking') return <Progress label={t('models.looking')} share={null} />;
  if (update.phase === 'failed') {
    const { failure } = update;
    return <Notice failure={failure} words={tIfAny(`refusal.${failure.code}`)} />;
  }
  if (update.phase === 'idle') return null;
  const { received, total } = update;
  const sizes = { received: bytes(received), total: bytes(total) };
  const isTried = total > 0 && received === total;
  return (
    <div class="fetching">
      {isTried ? (
        <Progress label={t('models.trying')} share={null} />
      ) : (
        <Progress label={t('engine.bytes', sizes)} share={total > 0 ? received / total : null} />
      )}
      <p class="aside">{t('models.fetchingNote')}</p>
      <button type="button" class="button button-small button-quiet" data-stop onClick={onStop}>
        {t('models.stop')}
      </button>
    </div>
  );
}

const wordsFor = (code: FaultCode): string => tIfAny(`refusal.${code}`) ?? tIfAny(`fault.${code}`) ?? t('fault.crash');

/** What changed, in the language of the page where the catalogue has it. */
const noteOf = ({ note }: Offer): [text: string, language: string] => {
  const own = note[language()];
  return own === undefined ? [note.en ?? '', 'en'] : [own, language()];
};

/** The figures that the app has words for, beside those of the model at work. */
const FIGURES = {
  accuracy: ['figures.accuracy', 'accuracy', percent],
  balanced_accuracy: ['figures.balancedAccuracy', 'balancedAccuracy', percent],
  auc: ['figures.malignantAuc', 'malignantAuc', (share: number) => decimal(share, 2)],
} as const;

function OfferFigures({ offer, model }: { offer: Offer; model: ModelInfo | null }) {
  const facts: [string, string][] = [];
  for (const [kind, figures] of Object.entries(offer.figures)) {
    const now = model?.kinds.find(({ id }) => id === kind)?.figures;
    for (const [name, [title, own, write]] of Object.entries(FIGURES)) {
      const value = figures[name];
      if (value === undefined) continue;
      const before = now?.[own];
      const text = before == null ? write(value) : t('models.figure', { value: write(value), before: write(before) });
      facts.push([`${t(title)} (${pictureName(kind, model?.kinds ?? [])})`, text]);
    }
  }
  return facts.length === 0 ? null : <FactList facts={facts} />;
}

function OfferCard({ offer, model, actions }: { offer: Offer; model: ModelInfo | null; actions: Actions }) {
  const [note, spoken] = noteOf(offer);
  const size = bytes(offer.bytes);
  return (
    <div class="offer" data-offer={offer.sha256} data-version={offer.version}>
      <h4 class="card-name">
        {t('models.newer')}:{' '}
        <span translate={false}>
          {offer.id} {offer.version}
        </span>
      </h4>
      <p lang={spoken} dir="auto">
        {note}
      </p>
      <OfferFigures offer={offer} model={model} />
      <p class="aside">{t('shell.licence', { licence: offer.licence })}</p>
      <p class="aside">{t('models.stays')}</p>
      <button
        type="button"
        class="button button-small"
        data-bring
        onClick={() => actions.withModels((work) => work.bring(offer.sha256))}
      >
        {t('models.bring', { size })}
      </button>
    </div>
  );
}

/** All that the site has; each can be had that this app runs. */
function Others({ offers, state, actions }: { offers: Offer[] } & Props) {
  const kept = new Set(state.shelf?.models.map(({ sha256 }) => sha256));
  const isBusy = state.modelUpdate.phase === 'fetching';
  return (
    <details class="details offers-all">
      <summary>{t('models.others')}</summary>
      <ul class="offers">
        {offers.map((offer) => (
          <li key={offer.sha256} data-listed={offer.version} data-hindrance={offer.hindrance}>
            <span translate={false}>
              {offer.id} {offer.version}
            </span>
            {kept.has(offer.sha256) && <span class="aside choice-note">{t('models.here')}</span>}
            {offer.hindrance && <span class="aside choice-note">{wordsFor(offer.hindrance)}</span>}
            {!kept.has(offer.sha256) && !['engine-too-old', 'expired'].includes(offer.hindrance ?? '') && (
              <button
                type="button"
                class="button button-small button-quiet"
                data-bring-listed
                aria-disabled={isBusy}
                onClick={() => actions.withModels((work) => work.bring(offer.sha256))}
              >
                {t('models.bring', { size: bytes(offer.bytes) })}
              </button>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}
