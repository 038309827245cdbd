/** The photo as the network sees it, or before one is chosen, the ring to put it in. */
import type { ComponentChildren } from 'preact';
import type { Region } from '../protocol/engine-messages';
import { t } from '../text/i18n';
import { Ring } from '../widgets/ring';
import { explicit, placed, type Size } from './crop/geometry';
import { sampleName } from './samples';
import type { Photo } from './state';

interface Props {
  photo: Photo | null;
  /** Side of the square the network sees over the photo's shorter side. */
  crop: number;
  region: Region;
  /** Of the upright photo; null until the browser has decoded it. */
  size: Size | null;
  dragging: boolean;
  /** What lies over the photo. */
  children?: ComponentChildren;
  onSize: (size: Size & { url: string }) => void;
  onUnseen: (url: string) => void;
}

export function Frame({ photo, crop, region, size, dragging, onSize, onUnseen, children }: Props) {
  return (
    <div class={dragging ? 'frame frame-dragging' : 'frame'}>
      {photo && !photo.unseen ? (
        <img
          class="frame-photo"
          key={photo.url}
          src={photo.url}
          alt={photo.sample ? sampleName(photo.name) : t('check.yourPhoto')}
          style={size ? placed(size, explicit(region, crop)) : { visibility: 'hidden' }}
          onLoad={({ currentTarget: { naturalWidth: width, naturalHeight: height } }) =>
            onSize({ width, height, url: photo.url })
          }
          onError={() => onUnseen(photo.url)}
        />
      ) : (
        <Ring label={dragging ? t('check.drop') : photo ? t('check.unseen') : t('check.empty')} />
      )}
      {photo && dragging && <p class="frame-drop">{t('check.drop')}</p>}
      {photo && children}
      {photo?.sample && <p class="frame-tag">{sampleName(photo.name)}</p>}
    </div>
  );
}
