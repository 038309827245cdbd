/** The map of a class over the photo, with a slider for how much of it is seen. */
import { useState } from 'preact/hooks';
import { MapCanvas } from '../answer/map-canvas';
import type { ClassMap } from '../protocol/engine-messages';
import { t } from '../text/i18n';

export function MapOverlay({ map }: { map: ClassMap }) {
  const [strength, setStrength] = useState(0.65);
  return (
    <>
      <MapCanvas map={map} strength={strength} />
      <label class="map-strength">
        <span class="unseen">{t('map.strength')}</span>
        <input
          type="range"
          name="strength"
          min="0"
          max="1"
          step="0.05"
          value={strength}
          onInput={({ currentTarget }) => setStrength(Number(currentTarget.value))}
        />
      </label>
    </>
  );
}
