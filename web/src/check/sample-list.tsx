/** Pictures to try the app with. */

import { t } from '../text/i18n';
import { SAMPLES, type Sample, sampleName, THUMBNAILS } from './samples';

interface Props {
  /** The one shown at present, if any. */
  current: string | null;
  onSample: (id: string) => void;
}

const SIZE = 48;

const PHOTOGRAPHED = SAMPLES.filter(({ photograph }) => photograph !== null);
const DRAWN = SAMPLES.filter(({ photograph }) => photograph === null);

/** "CC BY-NC 4.0: whose pictures, and whose." */
const CREDITS = [...new Set(PHOTOGRAPHED.map(({ photograph }) => photograph?.licence))].map((licence) => {
  const its = PHOTOGRAPHED.filter(({ photograph }) => photograph?.licence === licence);
  return `${licence}: ${[...new Set(its.map(({ photograph }) => photograph?.credit))].join('; ')}`;
});

function Row({ samples, current, onSample }: Props & { samples: readonly Sample[] }) {
  return (
    <ul class="samples-list">
      {samples.map(({ id, place }) => (
        <li key={id}>
          <button
            type="button"
            class="sample"
            data-sample={id}
            aria-pressed={id === current}
            aria-label={sampleName(id)}
            onClick={() => onSample(id)}
          >
            {/* `loading` first: it decides over what `src` begins. */}
            <img
              loading="lazy"
              src={THUMBNAILS}
              alt=""
              width={SIZE}
              height={SIZE}
              decoding="async"
              style={{ objectPosition: `${place * 100}% 0` }}
            />
          </button>
        </li>
      ))}
    </ul>
  );
}

export function SampleList(props: Props) {
  return (
    <div class="samples">
      <h2 class="small-heading">{t('check.samples')}</h2>
      <Row samples={PHOTOGRAPHED} {...props} />
      <p class="aside samples-credit" translate={false} lang="en" dir="ltr">
        {CREDITS.join('; ')}
      </p>
      <Row samples={DRAWN} {...props} />
      <p class="aside">{t('check.samplesNote')}</p>
    </div>
  );
}
