/** What can be done with the picture, beneath it: crop it, see what pointed to a class, have more views averaged. */
import type { Actions } from '../actions';
import { decisionFor, isGated, isOfLesions } from '../answer/decision';
import type { State } from '../state';
import { t } from '../text/i18n';
import { MapControls } from './map-controls';
import { MoreViews } from './more-views';
import { isGuessing } from './state';

interface Props {
  state: State;
  actions: Actions;
  /** The browser shows the photo, and so can the square be chosen. */
  shown: boolean;
}

export function PictureTools({ state, actions, shown }: Props) {
  const { job, map, prior } = state;
  const shownAnswer = job.phase === 'done' && !isGated(job.answer, state.accepted) && !isGuessing(state);
  const answer = job.phase === 'done' && shownAnswer ? job.answer : null;
  const decision = answer && decisionFor(answer, prior).decision;
  const crop = () => {
    actions.openCrop();
    void actions.propose();
  };
  return (
    <>
      <div class="picture-tools">
        {shown && (
          <button type="button" class="button button-small stage-crop" onClick={crop}>
            {t('crop.open')}
          </button>
        )}
        {answer && decision && isOfLesions(answer.model) && map.phase !== 'none' && (
          <button
            type="button"
            class="button button-small map-toggle"
            aria-pressed={map.phase === 'shown'}
            onClick={() => (map.phase === 'shown' ? actions.hideMap() : void actions.showMap(decision.order[0] ?? ''))}
          >
            {t('map.heading')}
          </button>
        )}
        {answer && answer.model.views > 1 && (
          <MoreViews answer={answer} averaging={state.averaging} actions={actions} />
        )}
      </div>
      {answer && decision && (
        <MapControls decision={decision} labels={answer.model.labels} state={map} actions={actions} />
      )}
    </>
  );
}
