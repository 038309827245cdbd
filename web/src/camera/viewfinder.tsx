/** What the camera sees, cut to the square that will be classified, with the ring over it. */
import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';
import { t } from '../text/i18n';
import { Ring } from '../widgets/ring';
import type { CameraState } from './state';

interface Props {
  camera: CameraState;
  video: RefObject<HTMLVideoElement | null>;
  onShoot: () => void;
  /** The picture runs. */
  onLive: (video: HTMLVideoElement) => void;
}

/** The space bar shoots, unless it is meant for a control. */
function useSpace(onShoot: () => void): void {
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      const { target } = event;
      if (event.key !== ' ' || event.repeat) return;
      if (target instanceof Element && target.closest('button, input, select, textarea, a, summary')) return;
      event.preventDefault();
      onShoot();
    };
    window.addEventListener('keydown', hear);
    return () => window.removeEventListener('keydown', hear);
  }, [onShoot]);
}

export function Viewfinder({ camera, video, onShoot, onLive }: Props) {
  const stream = camera.phase === 'live' ? camera.stream : null;
  useSpace(onShoot);
  useEffect(() => {
    const element = video.current;
    if (!element) return;
    element.srcObject = stream;
    /* Refused only where the stream is gone again, which is told elsewhere. */
    if (stream) element.play().catch(() => undefined);
  }, [stream]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the space bar and the button beside it do the same
    // biome-ignore lint/a11y/noStaticElementInteractions: a tap on the picture is a short cut
    <div class="frame viewfinder" onClick={onShoot}>
      <video
        ref={video}
        class="viewfinder-video"
        playsInline
        muted
        hidden={stream === null}
        aria-label={t('camera.view')}
        onPlaying={({ currentTarget }) => onLive(currentTarget)}
        /* The system pauses it for a call and the like, and does not begin it again. */
        onPause={({ currentTarget }) => stream?.active && currentTarget.play().catch(() => undefined)}
      />
      <Ring label={stream ? '' : t(camera.phase === 'opening' ? 'camera.opening' : 'camera.off')} />
    </div>
  );
}
