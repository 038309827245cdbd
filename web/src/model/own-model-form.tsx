/** What a model file does not say, asked of the person. */
import { useState } from 'preact/hooks';
import type { Described, Stated } from '../protocol/engine-messages';
import type { Failure } from '../protocol/fault';
import { t, tIfAny } from '../text/i18n';
import { Notice } from '../widgets/notice';

interface Props {
  model: Described;
  failure: Failure | null;
  onKeep: (stated: Stated) => void;
  onCancel: () => void;
}

/** The ranges that networks are trained with, as mean and standard deviation of pixels of 0..255, R, G, B. */
const RANGES = {
  unit: [0, 0, 0, 255, 255, 255],
  signed: [127.5, 127.5, 127.5, 127.5, 127.5, 127.5],
  bytes: [0, 0, 0, 1, 1, 1],
};
type Range = keyof typeof RANGES | 'other';
const CHOICES: Range[] = ['unit', 'signed', 'bytes', 'other'];

/** Three numbers as a person writes them; null where they are others. */
function threeNumbers(text: string): number[] | null {
  const numbers = text.split(/[\s;,]+/).filter((part) => part !== '');
  return numbers.length === 3 && numbers.every((part) => Number.isFinite(Number(part))) ? numbers.map(Number) : null;
}

/** Null where what was written is none. */
function pixelsOf(fields: FormData): number[] | null {
  const range = fields.get('range') as Range;
  if (range !== 'other') return RANGES[range];
  const [mean, std] = [threeNumbers(String(fields.get('mean'))), threeNumbers(String(fields.get('std')))];
  return mean && std?.every((value) => value > 0) ? [...mean, ...std] : null;
}

/** In words that speak of model files, where the usual ones would speak of photos, or of the app's own model. */
export const OwnFailure = ({ failure }: { failure: Failure }) => (
  <Notice failure={failure} words={tIfAny(`own.fault.${failure.code}`)} />
);

const linesOf = (text: string) => text.split(/\r?\n/).map((line) => line.trim());

/** Undefined where none is marked. */
function marksOf(fields: FormData, count: number): boolean[] | undefined {
  const marked = new Set(fields.getAll('marked').map(Number));
  return marked.size > 0 ? Array.from({ length: count }, (_, i) => marked.has(i)) : undefined;
}

export function OwnModelForm({ model: { unsaid, labels }, failure, onKeep, onCancel }: Props) {
  const [range, setRange] = useState<Range | null>(null);
  const [odd, setOdd] = useState(false);
  const [written, setWritten] = useState('');
  const [asksLabels, asksPixels] = [unsaid.includes('labels'), unsaid.includes('pixels')];
  const names = asksLabels ? linesOf(written) : [];
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget as HTMLFormElement);
    const pixels = asksPixels ? pixelsOf(fields) : undefined;
    setOdd(pixels === null);
    if (pixels === null) return;
    const malignant = marksOf(fields, labels.length);
    onKeep({ labels: asksLabels ? String(fields.get('labels')) : undefined, pixels, malignant });
  };
  return (
    <form class="form own-form" onSubmit={submit}>
      {asksLabels && (
        <label class="field">
          <span class="field-name">{t('own.labels')}</span>
          <span class="aside">{t('own.labelsNote', { classes: labels.length })}</span>
          <textarea
            class="input"
            name="labels"
            required
            rows={5}
            translate={false}
            dir="auto"
            onInput={({ currentTarget }) => setWritten(currentTarget.value)}
          />
        </label>
      )}
      {asksPixels && (
        <fieldset class="choices">
          <legend class="field-name">{t('own.pixels')}</legend>
          <p class="aside">{t('own.pixelsNote')}</p>
          {CHOICES.map((one) => (
            <label class="choice" key={one}>
              <input
                type="radio"
                name="range"
                value={one}
                required
                checked={range === one}
                onChange={() => setRange(one)}
              />
              <span>{t(`own.pixels.${one as 'unit'}`)}</span>
            </label>
          ))}
        </fieldset>
      )}
      {range === 'other' && (
        <>
          <NumbersField name="mean" title={t('own.mean')} />
          <NumbersField name="std" title={t('own.std')} />
        </>
      )}
      {unsaid.includes('malignant') && <Marks names={labels.map(({ name }, i) => names[i] || name)} />}
      {odd && (
        <p role="alert" data-odd>
          {t('own.numbers')}
        </p>
      )}
      {failure && <OwnFailure failure={failure} />}
      <div class="button-row">
        <button type="submit" class="button button-small button-main">
          {t('own.keep')}
        </button>
        <button type="button" class="button button-small button-quiet" data-cancel onClick={onCancel}>
          {t('own.cancel')}
        </button>
      </div>
    </form>
  );
}

/** Which classes are counted together. Of thousands of them the list is long, and few want it. */
function Marks({ names }: { names: string[] }) {
  return (
    <details class="details own-marks">
      <summary>{t('own.marked')}</summary>
      <fieldset class="choices">
        <legend class="unseen">{t('own.marked')}</legend>
        <p class="aside">{t('own.markedNote')}</p>
        {names.map((name, i) => (
          <label class="choice" key={i}>
            <input type="checkbox" name="marked" value={i} />
            <span translate={false} dir="auto">
              {name}
            </span>
          </label>
        ))}
      </fieldset>
    </details>
  );
}

function NumbersField({ name, title }: { name: 'mean' | 'std'; title: string }) {
  return (
    <label class="field">
      <span class="field-name">{title}</span>
      <input class="input" name={name} required translate={false} dir="ltr" />
    </label>
  );
}
