/** Drawings to try the app with. */

import { t, tIfAny } from '../text/i18n';
import { SAMPLES } from './samples';

interface Props {
  /** The one shown at present, if any. */
  current: string | null;
  onSample: (id: string) => void;
}

const SIZE = 56;

export const drawingName = (id: string) => t('check.drawing', { name: tIfAny(`sample.${id}`) ?? id });

export function SampleList({ current, onSample }: Props) {
  return (
    <div class="samples">
      <h2 class="small-heading">{t('check.samples')}</h2>
      <ul class="samples-list">
        {SAMPLES.map(({ id, url }) => (
          <li key={id}>
            <button
              type="button"
              class="sample"
              data-sample={id}
              aria-pressed={id === current}
              aria-label={drawingName(id)}
              onClick={() => onSample(id)}
            >
              <img src={url} alt="" width={SIZE} height={SIZE} decoding="async" />
            </button>
          </li>
        ))}
      </ul>
      <p class="aside">{t('check.samplesNote')}</p>
    </div>
  );
}
