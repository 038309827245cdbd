/**
 * What stands before the answer where the photo is faulty or no lesion at all: first that, with the ways on, and then,
 * if wished, a class.
 */
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Actions } from '../actions';
import { strangerKey } from '../answer/decision';
import type { Answer } from '../protocol/engine-messages';
import type { State } from '../state';
import { t, tIfAny } from '../text/i18n';
import { Picker } from './picker';

interface Props {
  answer: Answer;
  /** The person has seen it and wants the answer. */
  open: boolean;
  state: State;
  actions: Actions;
  onShow: () => void;
}

/** There may be a lesion in the photo, too small in it. */
const isFar = ({ notLesion, faults }: Answer) => notLesion || faults.includes('small');

export function Gate({ answer, open, ...rest }: Props) {
  const { notLesion, faults } = answer;
  return (
    <section class="gate" data-stranger={notLesion} data-faults={faults.join(' ')}>
      <h2 class="notice-heading">{t(notLesion ? strangerKey(answer.kind) : 'answer.gateHeading')}</h2>
      <p>{t(notLesion ? 'answer.strangerLead' : 'answer.gateLead')}</p>
      {faults.length > 0 && (
        <ul class="gate-faults">
          {faults.map((fault) => (
            <li key={fault}>{tIfAny(`answer.fault.${fault}`) ?? fault}</li>
          ))}
        </ul>
      )}
      {open ? <p class="aside">{t('answer.gateKept')}</p> : <Ways answer={answer} {...rest} />}
    </section>
  );
}

/** The first leads closer: by the square once one is found, and until then by hand. So nothing moves when one is. */
function Ways({ answer, state, actions, onShow }: Omit<Props, 'open'>): ComponentChildren {
  const { photo, proposal, region } = state;
  const far = isFar(answer);
  useEffect(() => {
    if (far) void actions.propose();
  }, [far, photo?.url, actions]);
  const found = far && region.side === 0 ? proposal : null;
  return (
    <div class="gate-ways">
      {far && (found || !photo?.unseen) && (
        <button
          type="button"
          class={`button gate-closer ${found ? 'gate-found' : 'gate-crop'}`}
          onClick={() => (found ? void actions.classifyRegion(found) : actions.openCrop())}
        >
          {t(found ? 'gate.found' : 'crop.open')}
        </button>
      )}
      <Picker chosen refused={state.refused} onFiles={actions.takeFiles} />
      <button type="button" class="button button-quiet gate-show" onClick={onShow}>
        {t('answer.gateShow')}
      </button>
    </div>
  );
}
