/** The stage: the photo as the network sees it, or before one is chosen, the ring to put it in. */

import type { ComponentChildren } from 'preact';
import { Ring } from '../../parts/ring';
import type { Photo } from '../../slices/look';
import { t } from '../../text/i18n';
import { drawingName } from './sample-list';

interface Props {
  photo: Photo | null;
  /** Side of the square the network sees over the photo's shorter side. */
  crop: number;
  dragging: boolean;
  /** What lies over the photo. */
  children?: ComponentChildren;
  onUnseen: (url: string) => void;
}

export function Frame({ photo, crop, dragging, onUnseen, children }: Props) {
  return (
    <div class={dragging ? 'frame frame-dragging' : 'frame'}>
      {photo && !photo.unseen ? (
        <img
          class="frame-photo"
          key={photo.url}
          src={photo.url}
          alt={photo.sample ? drawingName(photo.name) : t('check.yourPhoto')}
          style={{ '--zoom': 1 / crop }}
          onError={() => onUnseen(photo.url)}
        />
      ) : (
        <Ring label={dragging ? t('check.drop') : photo ? t('check.unseen') : t('check.empty')} />
      )}
      {photo && dragging && <p class="frame-drop">{t('check.drop')}</p>}
      {photo && children}
      {photo?.sample && <p class="frame-tag">{drawingName(photo.name)}</p>}
    </div>
  );
}
