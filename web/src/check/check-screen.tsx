/** The first screen: the photo on one side, what is known of it on the other. */

import type { ScreenProps } from '../screen';
import { t } from '../text/i18n';
import { Panel } from './panel';
import { Picker } from './picker';
import { SampleList } from './sample-list';
import { Stage } from './stage';

export function CheckScreen({ state, actions }: ScreenProps) {
  const { photo, job } = state;
  return (
    <div class="check">
      <section class="stage" aria-label={t('check.label')}>
        <Stage state={state} actions={actions} />
        <Picker chosen={photo !== null} refused={state.refused} onFiles={actions.takeFiles} />
        <SampleList current={photo?.sample ? photo.name : null} onSample={actions.takeSample} />
      </section>
      <section class="result" aria-label={t('answer.label')} aria-busy={job.phase === 'working'}>
        <Panel state={state} actions={actions} />
      </section>
    </div>
  );
}
