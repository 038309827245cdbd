/** What stands in the answer's place before there is a photo: one question, and what helps whichever way one looks. */
import type { EngineState } from '../engine/engine';
import { t } from '../text/i18n';
import { WAYS, type Way } from './state';

const POINTS = [
  { heading: 'intro.privateHeading', body: 'intro.private' },
  { heading: 'intro.limitHeading', body: 'intro.limit' },
] as const;

const PARTS = ['hold', 'light', 'tell'] as const;

interface Props {
  engine: EngineState;
  way: Way | null;
  onWay: (way: Way | null) => void;
}

export function Intro({ engine, way, onWay }: Props) {
  return (
    <>
      <div class="intro">
        <h2 class="display">{t('intro.heading')}</h2>
        <p class="lead">{t('intro.lead')}</p>
        <section class="ways">
          <h3 class="ways-question">{t('way.question')}</h3>
          {WAYS.map((one) => (
            <details
              key={one}
              class="way"
              name="way"
              data-way={one}
              open={way === one}
              onToggle={({ currentTarget: { open } }) => (open ? onWay(one) : way === one && onWay(null))}
            >
              <summary>{t(`way.${one}`)}</summary>
              <ul class="plain-list">
                {PARTS.map((part) => (
                  <li key={part}>{t(`way.${one}.${part}`)}</li>
                ))}
              </ul>
            </details>
          ))}
        </section>
      </div>
      <div class="intro-more">
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
    </>
  );
}
