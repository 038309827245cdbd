/** The live camera with a ring to put the spot in. The files stand beside it, whatever the camera does. */
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { ScreenProps } from '../screen';
import { t } from '../text/i18n';
import { FileButton } from '../widgets/file-button';
import { Notice } from '../widgets/notice';
import { type CameraActions, cameraActions } from './actions';
import { Extras } from './extras';
import { HINT, Hint } from './hint';
import { Viewfinder } from './viewfinder';

/** Open while the screen is shown and the page is in front; at rest otherwise. */
function useCamera({ openCamera, closeCamera, returnToCamera }: CameraActions): void {
  useEffect(() => {
    const isFront = () => document.visibilityState === 'visible';
    const follow = () => (isFront() ? void returnToCamera() : closeCamera());
    const back = () => void (isFront() && returnToCamera());
    if (isFront()) void openCamera();
    document.addEventListener('visibilitychange', follow);
    window.addEventListener('pagehide', closeCamera);
    window.addEventListener('pageshow', back);
    window.addEventListener('focus', back);
    navigator.mediaDevices?.addEventListener?.('devicechange', back);
    return () => {
      document.removeEventListener('visibilitychange', follow);
      window.removeEventListener('pagehide', closeCamera);
      window.removeEventListener('pageshow', back);
      window.removeEventListener('focus', back);
      navigator.mediaDevices?.removeEventListener?.('devicechange', back);
      closeCamera();
    };
  }, []);
}

export function CameraScreen({ state, actions }: ScreenProps) {
  const { camera, cameraFaults } = state;
  const video = useRef<HTMLVideoElement>(null);
  const ofCamera = useMemo(() => actions.equip(cameraActions), [actions]);
  useCamera(ofCamera);
  const shoot = () => {
    if (video.current && camera.phase === 'live') void ofCamera.shoot(video.current);
  };
  return (
    <div class="camera" data-camera={camera.phase}>
      <h2 class="unseen">{t('camera.title')}</h2>
      <Viewfinder camera={camera} video={video} onShoot={shoot} onLive={ofCamera.watchCamera} />
      <div class="camera-side">
        {camera.phase === 'failed' ? (
          <Notice heading={t('camera.failed')} failure={camera.failure} onRetry={ofCamera.openCamera} />
        ) : (
          <Hint camera={camera} faults={cameraFaults} />
        )}
        {camera.phase === 'live' && <Extras camera={camera} actions={ofCamera} />}
        <div class="camera-buttons">
          {camera.phase === 'off' && (
            <button type="button" class="button camera-on" onClick={() => void ofCamera.openCamera()}>
              {t('camera.on')}
            </button>
          )}
          {camera.phase !== 'failed' && (
            <button
              type="button"
              class="button button-main camera-shoot"
              aria-disabled={camera.phase !== 'live'}
              aria-describedby={HINT}
              onClick={shoot}
            >
              {t('camera.shoot')}
            </button>
          )}
          <FileButton name="file" onFiles={actions.takeFiles}>
            {t('check.file')}
          </FileButton>
          <FileButton name="camera" capture onFiles={actions.takeFiles}>
            {t('camera.app')}
          </FileButton>
        </div>
        <p class="aside">{t('camera.local')}</p>
      </div>
    </div>
  );
}
