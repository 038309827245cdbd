/**
 * What the content policy forbids this site, what the first script closes, what neither does; and a button to see it.
 */

import type { ScreenProps } from '../screen';
import { t } from '../text/i18n';
import type { PlainKey } from '../text/messages';
import { privacyActions } from './actions';
import { ProbePanel } from './probe-panel';

const FORBIDDEN = ['connect', 'load', 'script', 'form', 'sensors'] as const;

function Passage({ heading, body }: { heading: PlainKey; body: PlainKey }) {
  return (
    <section class="block">
      <h3 class="small-heading">{t(heading)}</h3>
      <p>{t(body)}</p>
    </section>
  );
}

export function PrivacyScreen({ actions }: ScreenProps) {
  return (
    <div class="sheet privacy">
      <h2 class="display">{t('privacy.heading')}</h2>
      <p class="lead">{t('privacy.lead')}</p>
      <ProbePanel onTry={actions.equip(privacyActions).tryElsewhere} />
      <section class="block">
        <h3 class="small-heading">{t('privacy.forbidHeading')}</h3>
        <ul class="privacy-list">
          {FORBIDDEN.map((name) => (
            <li key={name}>{t(`privacy.forbid.${name}`)}</li>
          ))}
        </ul>
      </section>
      <Passage heading="privacy.closedHeading" body="privacy.closed" />
      <Passage heading="privacy.codeHeading" body="privacy.code" />
      <Passage heading="privacy.keepHeading" body="privacy.keep" />
      <Passage heading="privacy.asksHeading" body="privacy.asks" />
      <Passage heading="privacy.clearedHeading" body="privacy.cleared" />
      <Passage heading="privacy.hostileHeading" body="privacy.hostile" />
      <Passage heading="privacy.limitsHeading" body="privacy.limits" />
    </div>
  );
}
