/** Lamp and zoom, where the device offers them. */
import type { Actions } from '../../actions';
import type { CameraState } from '../../slices/camera';
import { decimal } from '../../text/format';
import { t } from '../../text/i18n';

interface Props {
  camera: Extract<CameraState, { phase: 'live' }>;
  actions: Actions;
}

export function Extras({ camera: { torch, zoom }, actions }: Props) {
  if (torch === null && zoom === null) return null;
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
