/** The first screen: the photo on one side, what is known of it on the other. */

import { isGated } from '../answer/decision';
import type { ScreenProps } from '../screen';
import { t } from '../text/i18n';
import { Panel } from './panel';
import { Picker } from './picker';
import { SampleList } from './sample-list';
import { Stage } from './stage';

export function CheckScreen({ state, actions }: ScreenProps) {
  const { photo, job, cropping } = state;
  const gated = job.phase === 'done' && isGated(job.answer, state.accepted);
  /* The gate has its own ways to another photo. */
  const picker = !cropping && !gated;
  return (
    <div class="check" data-cropping={cropping} data-gated={gated}>
      <section class="stage" aria-label={t('check.label')}>
        <Stage state={state} actions={actions} />
        {picker && <Picker chosen={photo !== null} refused={state.refused} onFiles={actions.takeFiles} />}
        {!cropping && <SampleList current={photo?.sample ? photo.name : null} onSample={actions.takeSample} />}
      </section>
      {!cropping && (
        <section class="result" aria-label={t('answer.label')} aria-busy={job.phase === 'working'}>
          <Panel state={state} actions={actions} />
        </section>
      )}
    </div>
  );
}
