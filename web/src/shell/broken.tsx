/** In the place of a screen that cannot be drawn: what happened, the ways on, and the way to export the history. */
import type { Actions } from '../actions';
import { Rescue } from '../history/rescue';
import { href } from '../navigation/route';
import type { Failure } from '../protocol/fault';
import type { State } from '../state';
import { t } from '../text/i18n';
import { Notice } from '../widgets/notice';

interface Props {
  failure: Failure;
  again: () => void;
  state: State;
  actions: Actions;
}

export function Broken({ failure, again, state, actions }: Props) {
  return (
    <div class="sheet broken">
      <Notice heading={t('broken.heading')} failure={failure} onRetry={again} />
      <p>
        <a href={href('check')}>{t('missing.way')}</a>
      </p>
      <Rescue state={state} actions={actions} />
      {state.historyFailure && <Notice failure={state.historyFailure} />}
    </div>
  );
}
