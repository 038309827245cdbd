/** The place of the photo: as the network sees it, or whole, to choose what the network shall see. */
import { useRef, useState } from 'preact/hooks';
import type { Actions } from '../actions';
import type { State } from '../state';
import { late } from '../widgets/late';
import type { Size } from './crop/geometry';
import { Frame } from './frame';
import { MapOverlay } from './map-overlay';
import { PictureTools } from './picture-tools';

const CropEditor = late(async () => (await import('./crop/crop-editor')).CropEditor);

export function Stage({ state, actions }: { state: State; actions: Actions }) {
  const { photo, model, region, proposal, map } = state;
  const [size, setSize] = useState<(Size & { url: string }) | null>(null);
  const crop = model?.crop ?? 1;
  const known = photo && size?.url === photo.url ? size : null;
  const place = useRef<HTMLDivElement>(null);
  /* To the button that opened it, once that is drawn again. */
  const close = () => {
    actions.closeCrop();
    requestAnimationFrame(() => place.current?.querySelector<HTMLElement>('.stage-crop')?.focus());
  };
  if (photo && known && state.cropping) {
    const done = (chosen: State['region']) => {
      close();
      void actions.classifyRegion(chosen);
    };
    return (
      <div ref={place}>
        <CropEditor
          photo={photo}
          size={known}
          region={region}
          crop={crop}
          proposal={proposal}
          onDone={done}
          onCancel={close}
        />
      </div>
    );
  }
  const onKeyDown = ({ key }: KeyboardEvent) => {
    if (key === 'Escape' && map.phase === 'shown') actions.hideMap();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape in any of the controls in it
    <div ref={place} onKeyDown={onKeyDown}>
      <Frame
        photo={photo}
        crop={crop}
        region={region}
        size={known}
        dragging={state.dragging}
        onSize={setSize}
        onUnseen={actions.markUnseen}
      >
        {map.phase === 'shown' && <MapOverlay map={map.map} />}
      </Frame>
      {photo && <PictureTools state={state} actions={actions} shown={known !== null} />}
    </div>
  );
}
