/** The stage: the photo as the network sees it, or before one is chosen, the ring to put it in. */
import type { Photo } from '../state';
import { text } from '../text/en';
import { Ring } from './ring';

interface Props {
  photo: Photo | null;
  /** Side of the square the network sees over the photo's shorter side. */
  crop: number;
  dragging: boolean;
  onUnseen: (url: string) => void;
}

export function Frame({ photo, crop, dragging, onUnseen }: Props) {
  return (
    <div class={dragging ? 'frame frame-dragging' : 'frame'}>
      {photo && !photo.unseen ? (
        <img
          class="frame-photo"
          key={photo.url}
          src={photo.url}
          alt={photo.sample ? text.pick.drawing(text.samples[photo.name] ?? photo.name) : text.pick.yourPhoto}
          style={{ '--zoom': 1 / crop }}
          onError={() => onUnseen(photo.url)}
        />
      ) : (
        <Ring label={dragging ? text.pick.drop : photo ? text.pick.unseen : text.pick.empty} />
      )}
      {photo && dragging && <p class="frame-drop">{text.pick.drop}</p>}
      {photo?.sample && <p class="frame-tag">{text.pick.drawing(text.samples[photo.name] ?? photo.name)}</p>}
    </div>
  );
}
