/** What to do next, and further down what the numbers mean. */
import { href } from '../navigation/route';
import { t } from '../text/i18n';

interface Props {
  /** The spot should be seen soon. */
  alarming: boolean;
  /** The photo is one to try the app with. */
  sample: boolean;
}

export function Advice({ alarming, sample }: Props) {
  return (
    <section class="next">
      <h3 class="small-heading">{t(sample ? 'answer.nextSample' : 'answer.nextHeading')}</h3>
      <p>{t(alarming ? 'answer.nextAbove' : 'answer.nextBelow')}</p>
      <p>{t('answer.nextAlways')}</p>
    </section>
  );
}

/** `figures`: there are some for this kind of picture. */
export function Meaning({ figures }: { figures: boolean }) {
  return (
    <section class="block meaning">
      <h3 class="small-heading">{t('answer.meaningHeading')}</h3>
      <p>{t('answer.meaning')}</p>
      {figures && (
        <a class="back" href={href('model', 'figures')}>
          {t('figures.link')}
        </a>
      )}
      <p class="disclaimer">{t('app.notDiagnosis')}</p>
    </section>
  );
}
