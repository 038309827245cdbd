/** The place of the photo: as the network sees it, or whole, to choose what the network shall see. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Actions } from '../actions';
import type { State } from '../state';
import { t } from '../text/i18n';
import { CropEditor } from './crop/crop-editor';
import type { Size } from './crop/geometry';
import { Frame } from './frame';
import { MapOverlay } from './map-overlay';

export function Stage({ state, actions }: { state: State; actions: Actions }) {
  const { photo, model, region, proposal } = state;
  const [size, setSize] = useState<(Size & { url: string }) | null>(null);
  const [editing, setEditing] = useState(false);
  const crop = model?.crop ?? 1;
  const known = photo && size?.url === photo.url ? size : null;
  const opener = useRef<HTMLButtonElement>(null);
  const close = () => {
    setEditing(false);
    /* Once it is drawn again. */
    requestAnimationFrame(() => opener.current?.focus());
  };
  const edit = () => {
    setEditing(true);
    void actions.propose();
  };
  useEffect(() => setEditing(false), [photo?.url]);
  if (photo && known && editing) {
    const done = (chosen: State['region']) => {
      close();
      void actions.classifyRegion(chosen);
    };
    return (
      <CropEditor
        photo={photo}
        size={known}
        region={region}
        crop={crop}
        proposal={proposal}
        onDone={done}
        onCancel={close}
      />
    );
  }
  return (
    <div>
      <Frame
        photo={photo}
        crop={crop}
        region={region}
        size={known}
        dragging={state.dragging}
        onSize={setSize}
        onUnseen={actions.markUnseen}
      >
        {state.map.phase === 'shown' && <MapOverlay map={state.map.map} />}
      </Frame>
      {known && (
        <button ref={opener} type="button" class="button button-small stage-crop" onClick={edit}>
          {t('crop.open')}
        </button>
      )}
    </div>
  );
}
