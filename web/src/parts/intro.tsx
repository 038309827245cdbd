/** What stands in the answer's place before there is a photo. */
import type { EngineState } from '../state';
import { text } from '../text/en';
import { EngineProgress } from './engine-progress';
import { Notice } from './notice';

interface Props {
  engine: EngineState;
  onRetry: () => void;
}

const { intro } = text;
const POINTS = [
  { heading: intro.privateHeading, body: intro.private },
  { heading: intro.closeHeading, body: intro.close },
  { heading: intro.limitHeading, body: intro.limit },
];

export function Intro({ engine, onRetry }: Props) {
  return (
    <div class="intro">
      <h2 class="display">{intro.heading}</h2>
      <p class="lead">{intro.lead}</p>
      <dl class="points">
        {POINTS.map(({ heading, body }) => (
          <div class="point" key={heading}>
            <dt>{heading}</dt>
            <dd>{body}</dd>
          </div>
        ))}
      </dl>
      <div class="engine-line">
        {engine.phase === 'loading' && <EngineProgress engine={engine} />}
        {engine.phase === 'ready' && <p class="engine-ready">{text.engine.ready}</p>}
        {engine.phase === 'failed' && (
          <Notice heading={text.engine.failed} failure={engine.failure} onRetry={onRetry} />
        )}
      </div>
    </div>
  );
}
