/** Choosing a class whose map lies over the photo; in words, too, where it is strongest. */
import type { Actions } from '../actions';
import type { ClassMap, Decision, Label } from '../protocol/engine-messages';
import { t } from '../text/i18n';
import { labelName } from '../text/label-names';
import type { PlainKey } from '../text/messages';
import { Notice } from '../widgets/notice';
import type { MapState } from './state';

interface Props {
  decision: Decision;
  labels: Label[];
  state: MapState;
  actions: Actions;
}

export function MapControls({ decision, labels, state, actions }: Props) {
  if (state.phase === 'none') return <p class="aside">{t('map.none')}</p>;
  const byId = new Map(labels.map((label) => [label.id, label]));
  const ordered = decision.order.flatMap((id) => byId.get(id) ?? []);
  const shown = state.phase === 'shown' ? state.map : null;
  if (state.phase === 'off') return null;
  return (
    <div class="map-controls">
      {state.phase === 'failed' && <Notice failure={state.failure} />}
      {shown && (
        <>
          <label class="field map-kind">
            <span class="field-name unseen">{t('map.kind')}</span>
            <select
              class="select"
              name="map"
              value={shown.label}
              onChange={({ currentTarget: { value } }) => void actions.showMap(value)}
            >
              {ordered.map((label) => (
                <option key={label.id} value={label.id}>
                  {labelName(label)}
                </option>
              ))}
            </select>
          </label>
          <p role="status">{strongest(shown)}</p>
        </>
      )}
      <p class="aside">{t('map.caveat')}</p>
    </div>
  );
}

/** Where the map is largest, on a grid of three by three. */
function strongest({ width, height, values }: ClassMap): string {
  const peak = Math.max(...values);
  if (peak <= 0) return t('map.nothing');
  const at = values.indexOf(peak);
  const third = (place: number, of: number) => Math.min(2, Math.floor(((place + 0.5) / of) * 3));
  const place = `map.place.${third(Math.floor(at / width), height)}${third(at % width, width)}` as PlainKey;
  return t('map.strongest', { place: t(place) });
}
