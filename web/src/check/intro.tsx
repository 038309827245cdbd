/** What stands in the answer's place before there is a photo. */
import type { EngineState } from '../engine/engine';
import { t } from '../text/i18n';

const POINTS = [
  { heading: 'intro.privateHeading', body: 'intro.private' },
  { heading: 'intro.closeHeading', body: 'intro.close' },
  { heading: 'intro.limitHeading', body: 'intro.limit' },
] as const;

export function Intro({ engine }: { engine: EngineState }) {
  return (
    <div class="intro">
      <h2 class="display">{t('intro.heading')}</h2>
      <p class="lead">{t('intro.lead')}</p>
      <dl class="points">
        {POINTS.map(({ heading, body }) => (
          <div class="point" key={heading}>
            <dt>{t(heading)}</dt>
            <dd>{t(body)}</dd>
          </div>
        ))}
      </dl>
      <div class="engine-line">{engine.phase === 'ready' && <p class="engine-ready">{t('engine.ready')}</p>}</div>
    </div>
  );
}
