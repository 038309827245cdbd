/** The frame of the app: header with the ways to each screen, the screen itself, and the foot. */
import type { Actions } from './actions';
import { Announcer } from './parts/announcer';
import { Footer } from './parts/footer';
import { Header } from './parts/header';
import { ScreenPlace } from './parts/screen-place';
import { UpdateBar } from './parts/update-bar';
import { takeUpdate } from './services/offline';
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
      <Header offline={state.offline} kept={model?.kept ?? false} current={route.screen} />
      <main
        class="main"
        id="content"
        tabIndex={-1}
        data-screen={route.screen}
        data-job={job.phase}
        data-engine={engine.phase}
      >
        <ScreenPlace state={state} actions={actions} />
      </main>
      <Footer model={model} news={state.modelNews} />
      <UpdateBar update={state.update} onReload={takeUpdate} />
      <Announcer state={state} />
    </div>
  );
}

/** A button, no link: the address is the router's. */
function skip(): void {
  document.getElementById('content')?.focus();
}
