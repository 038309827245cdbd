/** What to do so that the photo comes out well, from the engine's judgement of what the camera sees. */

import { t, tIfAny } from '../text/i18n';
import type { CameraState } from './state';

interface Props {
  camera: CameraState;
  faults: string[] | null;
}

/** Id of the hint: while no photo can be taken it says why. */
export const HINT = 'camera-hint';

function words({ camera, faults }: Props): string {
  if (camera.phase === 'opening') return t('camera.asking');
  if (camera.phase !== 'live') return t('camera.first');
  if (faults === null) return t('camera.aim');
  const [worst] = faults;
  return worst === undefined ? t('camera.good') : (tIfAny(`camera.fault.${worst}`) ?? t('camera.aim'));
}

export function Hint(props: Props) {
  return (
    <p id={HINT} class="camera-hint" role="status" data-hint={props.faults?.[0] ?? (props.faults ? 'good' : 'none')}>
      {words(props)}
    </p>
  );
}
