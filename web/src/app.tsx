/** The frame of the app: header with the ways to each screen, the screen itself, and the foot. */
import type { Actions } from './actions';
import { dropReadyFile } from './download/download';
import { ReadyBar } from './download/ready-bar';
import { EngineNotice } from './engine/engine-notice';
import { UpdateBar } from './offline/update-bar';
import { Announcer } from './shell/announcer';
import { Footer } from './shell/footer';
import { Header } from './shell/header';
import { ScreenPlace } from './shell/screen-place';
import type { State } from './state';
import { t } from './text/i18n';

interface Props {
  state: State;
  actions: Actions;
}

export function App({ state, actions }: Props) {
  const { model, job, engine, route } = state;
  return (
    <div class="page">
      <button type="button" class="skip" onClick={skip}>
        {t('app.skip')}
      </button>
      <Header engine={engine} offline={state.offline} modelCached={model?.cached ?? false} current={route.screen} />
      <UpdateBar
        update={state.update}
        updateLater={state.updateLater}
        updateBlocked={state.updateBlocked}
        onReload={actions.takeUpdate}
        onLater={actions.putUpdateOff}
      />
      <ReadyBar file={state.readyFile} onDrop={dropReadyFile} />
      <main
        class="main"
        id="content"
        tabIndex={-1}
        data-screen={route.screen}
        data-job={job.phase}
        data-engine={engine.phase}
      >
        <EngineNotice engine={engine} onRetry={actions.wakeEngine} />
        <ScreenPlace state={state} actions={actions} />
      </main>
      <Footer model={model} news={state.modelNews} />
      <Announcer state={state} />
    </div>
  );
}

/** A button, no link: the address is the router's. */
function skip(): void {
  document.getElementById('content')?.focus();
}
