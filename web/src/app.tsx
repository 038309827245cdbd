/** The one screen: the photo on one side, what is known of it on the other. */
import type { Actions } from './actions';
import { Announcer } from './parts/announcer';
import { Footer } from './parts/footer';
import { Frame } from './parts/frame';
import { Header } from './parts/header';
import { Panel } from './parts/panel';
import { Picker } from './parts/picker';
import { SampleList } from './parts/sample-list';
import { UpdateBar } from './parts/update-bar';
import { takeUpdate } from './services/offline';
import type { State } from './state';
import { text } from './text/en';

interface Props {
  state: State;
  actions: Actions;
}

export function App({ state, actions }: Props) {
  const { photo, model, job, engine } = state;
  return (
    <div class="page">
      <Header offline={state.offline} kept={model?.kept ?? false} />
      <main class="main" data-job={job.phase} data-engine={engine.phase}>
        <section class="stage" aria-label={text.pick.label}>
          <Frame photo={photo} crop={model?.crop ?? 1} dragging={state.dragging} onUnseen={actions.markUnseen} />
          <Picker chosen={photo !== null} refused={state.refused} onFile={actions.takeFile} />
          <SampleList current={photo?.sample ? photo.name : null} onSample={actions.takeSample} />
        </section>
        <section class="result" aria-label={text.answer.label} aria-busy={job.phase === 'working'}>
          <Panel state={state} actions={actions} />
        </section>
      </main>
      <Footer model={model} news={state.modelNews} />
      <UpdateBar update={state.update} onReload={takeUpdate} />
      <Announcer state={state} />
    </div>
  );
}
