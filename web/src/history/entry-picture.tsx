/** The small picture of an entry: fetched from the store when it comes into sight, and held only as long. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Actions } from '../actions';
import { t } from '../text/i18n';
import { BlobImage } from '../widgets/blob-image';
import type { Entry } from './entry';

interface Props {
  entry: Entry | undefined;
  alt: string;
  class: string;
  actions: Actions;
}

type PictureRead = Awaited<ReturnType<Actions['readPicture']>>;
type Found = { phase: 'wanted' } | { phase: 'here'; picture: PictureRead } | { phase: 'damaged' };

/** Begun a little before it is seen. */
const MARGIN = '400px';

/** The square of `entry` while `near`; what cannot be read counts as damaged. */
export function useSquare(entry: Entry | undefined, near: boolean, actions: Actions): Found {
  const [found, setFound] = useState<Found>({ phase: 'wanted' });
  const { id, square } = entry ?? {};
  useEffect(() => {
    setFound({ phase: 'wanted' });
    if (!near || !id || !square) return;
    let gone = false;
    actions.readPicture(id, 'square').then(
      (picture) => !gone && setFound(picture?.damaged === false ? { phase: 'here', picture } : { phase: 'damaged' }),
      () => !gone && setFound({ phase: 'damaged' }),
    );
    return () => {
      gone = true;
    };
  }, [id, square?.key, square?.sha256, near, actions]);
  return found;
}

export function EntryPicture({ entry, alt, class: name, actions }: Props) {
  const place = useRef<HTMLSpanElement>(null);
  const [near, setNear] = useState(false);
  const found = useSquare(entry, near, actions);
  useEffect(() => {
    if (!place.current) return;
    const watcher = new IntersectionObserver((seen) => setNear(seen.at(-1)?.isIntersecting ?? false), {
      rootMargin: MARGIN,
    });
    watcher.observe(place.current);
    return () => watcher.disconnect();
  }, []);
  return (
    <span ref={place} class="history-image">
      {found.phase === 'damaged' ? (
        <span class={`${name} damaged`} data-damaged>
          {t('entry.damaged')}
        </span>
      ) : (
        <BlobImage class={name} blob={found.phase === 'here' ? (found.picture?.blob ?? null) : null} alt={alt} />
      )}
    </span>
  );
}
