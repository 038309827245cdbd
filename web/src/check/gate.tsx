/** What stands before the answer where the photo is faulty or no lesion at all: first that, then, if wished, a class. */
import { strangerKey } from '../answer/decision';
import type { Answer } from '../protocol/engine-messages';
import { t, tIfAny } from '../text/i18n';

interface Props {
  answer: Answer;
  /** The person has seen it and wants the answer. */
  open: boolean;
  onShow: () => void;
}

export function Gate({ answer, open, onShow }: Props) {
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
      {open ? (
        <p class="aside">{t('answer.gateKept')}</p>
      ) : (
        <button type="button" class="button" onClick={onShow}>
          {t('answer.gateShow')}
        </button>
      )}
    </section>
  );
}
