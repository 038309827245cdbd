/** Lamp, zoom and lenses, where the device offers them. */

import { decimal } from '../text/format';
import { t } from '../text/i18n';
import type { CameraActions } from './actions';
import type { CameraState } from './state';

interface Props {
  camera: Extract<CameraState, { phase: 'live' }>;
  actions: CameraActions;
}

export function Extras({ camera: { torch, zoom, lenses, lens }, actions }: Props) {
  if (torch === null && zoom === null && lenses.length < 2) return null;
  return (
    <div class="camera-extras">
      {torch !== null && (
        <button
          type="button"
          class="button button-small camera-torch"
          aria-pressed={torch}
          onClick={() => void actions.setTorch(!torch)}
        >
          {t('camera.torch')}
        </button>
      )}
      {lenses.length > 1 && (
        <label class="field camera-lens">
          <span class="field-name">{t('camera.lens')}</span>
          <select
            class="select"
            name="lens"
            value={lens}
            onChange={({ currentTarget: { value } }) => void actions.chooseLens(value)}
          >
            {lenses.map(({ id, label }, i) => (
              <option key={id} value={id}>
                {label || t('camera.lensNumber', { number: i + 1 })}
              </option>
            ))}
          </select>
        </label>
      )}
      {zoom && (
        <label class="camera-zoom">
          <span>{t('camera.zoom')}</span>
          <input
            type="range"
            name="zoom"
            min={zoom.min}
            max={zoom.max}
            step={zoom.step}
            value={zoom.value}
            aria-valuetext={t('camera.zoomValue', { value: decimal(zoom.value, 1) })}
            onInput={({ currentTarget }) => void actions.setZoom(currentTarget.valueAsNumber)}
          />
        </label>
      )}
    </div>
  );
}
