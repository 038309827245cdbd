/** The live camera with a ring to put the spot in. The files stand beside it, whatever the camera does. */
import { useEffect, useRef } from 'preact/hooks';
import { FileButton } from '../../parts/file-button';
import { Notice } from '../../parts/notice';
import { t } from '../../text/i18n';
import type { ScreenProps } from '..';
import { Extras } from './extras';
import { Hint } from './hint';
import { Viewfinder } from './viewfinder';

/** Open while the screen is shown and the page is in front; at rest otherwise. */
function useCamera({ openCamera, closeCamera }: ScreenProps['actions']): void {
  useEffect(() => {
    const follow = () => void (document.visibilityState === 'visible' ? openCamera() : closeCamera());
    follow();
    document.addEventListener('visibilitychange', follow);
    window.addEventListener('pagehide', closeCamera);
    return () => {
      document.removeEventListener('visibilitychange', follow);
      window.removeEventListener('pagehide', closeCamera);
      closeCamera();
    };
  }, []);
}

export function CameraScreen({ state, actions }: ScreenProps) {
  const { camera, cameraFaults } = state;
  const video = useRef<HTMLVideoElement>(null);
  useCamera(actions);
  const shoot = () => {
    if (video.current && camera.phase === 'live') void actions.shoot(video.current);
  };
  return (
    <div class="camera" data-camera={camera.phase}>
      <h2 class="unseen">{t('camera.title')}</h2>
      <Viewfinder camera={camera} video={video} onShoot={shoot} onLive={actions.watchCamera} />
      <div class="camera-side">
        {camera.phase === 'failed' ? (
          <Notice heading={t('camera.failed')} failure={camera.failure} onRetry={actions.openCamera} />
        ) : (
          <Hint camera={camera} faults={cameraFaults} />
        )}
        {camera.phase === 'live' && <Extras camera={camera} actions={actions} />}
        <div class="camera-buttons">
          {camera.phase !== 'failed' && (
            <button
              type="button"
              class="button button-main camera-shoot"
              disabled={camera.phase !== 'live'}
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
