/** Drawings to try the app with. */
import { SAMPLES } from '../services/samples';
import { text } from '../text/en';

interface Props {
  /** The one shown at present, if any. */
  current: string | null;
  onSample: (id: string) => void;
}

const SIZE = 56;

export function SampleList({ current, onSample }: Props) {
  return (
    <div class="samples">
      <h2 class="small-heading">{text.pick.samples}</h2>
      <ul class="samples-list">
        {SAMPLES.map(({ id, url }) => (
          <li key={id}>
            <button
              type="button"
              class="sample"
              data-sample={id}
              aria-pressed={id === current}
              aria-label={text.pick.drawing(text.samples[id] ?? id)}
              onClick={() => onSample(id)}
            >
              <img src={url} alt="" width={SIZE} height={SIZE} decoding="async" />
            </button>
          </li>
        ))}
      </ul>
      <p class="aside">{text.pick.samplesNote}</p>
    </div>
  );
}
