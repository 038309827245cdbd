/** Two photos of a lesion, one over the other with a slider between them, or side by side; zoomed as one. */
import { useState } from 'preact/hooks';
import type { Actions } from '../actions';
import { href } from '../navigation/route';
import { moment } from '../text/format';
import { t } from '../text/i18n';
import { ComparePane, type View, WHOLE_VIEW } from './compare-pane';
import type { Entry, Lesion } from './entry';
import { EntryPicture } from './entry-picture';

interface Props {
  lesion: Lesion;
  /** The newest first. */
  entries: Entry[];
  actions: Actions;
}

export function Compare({ lesion, entries, actions }: Props) {
  const [older, setOlder] = useState(entries.at(-1)?.id ?? '');
  const [newer, setNewer] = useState(entries[0]?.id ?? '');
  const [view, setView] = useState<View>(WHOLE_VIEW);
  const [beside, setBeside] = useState(false);
  const [split, setSplit] = useState(0.5);
  const pick = (id: string) => entries.find((entry) => entry.id === id) ?? entries[0];
  const picture = (id: string) => {
    const entry = pick(id);
    return (
      <EntryPicture
        class="compare-photo"
        entry={entry}
        actions={actions}
        alt={entry ? t('entry.photo', { day: moment(entry.time, entries) }) : ''}
      />
    );
  };
  const panes = { view, onView: setView };
  return (
    <div class="sheet compare">
      <p>
        <a class="back" href={href('history', lesion.id)} translate={false}>
          {lesion.name || t('lesion.unnamed')}
        </a>
      </p>
      <h2 class="display">{t('compare.heading')}</h2>
      <div class="compare-choice">
        <EntrySelect name="older" label={t('compare.first')} value={older} entries={entries} onChange={setOlder} />
        <EntrySelect name="newer" label={t('compare.second')} value={newer} entries={entries} onChange={setNewer} />
      </div>
      {beside ? (
        <div class="compare-beside">
          <ComparePane {...panes} label={t('compare.first')}>
            {picture(older)}
          </ComparePane>
          <ComparePane {...panes} label={t('compare.second')}>
            {picture(newer)}
          </ComparePane>
        </div>
      ) : (
        <ComparePane {...panes} label={t('compare.heading')} split={split}>
          {picture(older)}
          <div class="compare-over">{picture(newer)}</div>
        </ComparePane>
      )}
      {!beside && <Slider name="split" label={t('compare.split')} value={split} onChange={setSplit} pictorial />}
      <Slider
        name="zoom"
        label={t('compare.zoom')}
        value={(view.zoom - 1) / 5}
        onChange={(value) => setView({ ...view, zoom: 1 + value * 5 })}
      />
      <div class="button-row">
        <button type="button" class="button button-small" aria-pressed={beside} onClick={() => setBeside(!beside)}>
          {t(beside ? 'compare.swipe' : 'compare.beside')}
        </button>
        <button type="button" class="button button-small" onClick={() => setView(WHOLE_VIEW)}>
          {t('compare.whole')}
        </button>
      </div>
      <p class="aside">{t('compare.hint')}</p>
      <p class="aside">{t('lesion.noVerdict')}</p>
    </div>
  );
}

interface SelectProps {
  name: string;
  label: string;
  value: string;
  entries: Entry[];
  onChange: (id: string) => void;
}

function EntrySelect({ name, label, value, entries, onChange }: SelectProps) {
  return (
    <label class="field">
      <span class="field-name">{label}</span>
      <select class="select" name={name} value={value} onChange={({ currentTarget }) => onChange(currentTarget.value)}>
        {entries.map((entry) => (
          <option key={entry.id} value={entry.id}>
            {moment(entry.time, entries)}
          </option>
        ))}
      </select>
    </label>
  );
}

interface SliderProps {
  name: string;
  label: string;
  value: number;
  onChange: (value: number) => void;
  /** It moves with the picture, whose left is left in every language. */
  pictorial?: boolean;
}

function Slider({ name, label, value, onChange, pictorial = false }: SliderProps) {
  return (
    <label class="slider">
      <span>{label}</span>
      <input
        type="range"
        dir={pictorial ? 'ltr' : undefined}
        name={name}
        min="0"
        max="1"
        step="0.01"
        value={value}
        onInput={({ currentTarget }) => onChange(Number(currentTarget.value))}
      />
    </label>
  );
}
