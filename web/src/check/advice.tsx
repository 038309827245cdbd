/** What the answer means, and what to do next. */
import { t } from '../text/i18n';

export function Advice({ above }: { above: boolean }) {
  return (
    <section class="block advice">
      <div>
        <h3 class="small-heading">{t('answer.nextHeading')}</h3>
        <p>{t(above ? 'answer.nextAbove' : 'answer.nextBelow')}</p>
        <p>{t('answer.nextAlways')}</p>
      </div>
      <div>
        <h3 class="small-heading">{t('answer.meaningHeading')}</h3>
        <p>{t('answer.meaning')}</p>
        <p class="disclaimer">{t('app.notDiagnosis')}</p>
      </div>
    </section>
  );
}
