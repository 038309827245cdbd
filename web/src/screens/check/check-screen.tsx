/** The first screen: the photo on one side, what is known of it on the other. */
import { t } from '../../text/i18n';
import type { ScreenProps } from '..';
import { Frame } from './frame';
import { MapOverlay } from './map-overlay';
import { Panel } from './panel';
import { Picker } from './picker';
import { SampleList } from './sample-list';

export function CheckScreen({ state, actions }: ScreenProps) {
  const { photo, model, job } = state;
  return (
    <div class="check">
      <section class="stage" aria-label={t('check.label')}>
        <Frame photo={photo} crop={model?.crop ?? 1} dragging={state.dragging} onUnseen={actions.markUnseen}>
          {state.map.phase === 'shown' && <MapOverlay map={state.map.map} />}
        </Frame>
        <Picker chosen={photo !== null} refused={state.refused} onFiles={actions.takeFiles} />
        <SampleList current={photo?.sample ? photo.name : null} onSample={actions.takeSample} />
      </section>
      <section class="result" aria-label={t('answer.label')} aria-busy={job.phase === 'working'}>
        <Panel state={state} actions={actions} />
      </section>
    </div>
  );
}
