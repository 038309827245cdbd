/** Puts the parts together: store, engine, actions, page; then what can wait until the engine is up. */
import { render } from 'preact';
import { createActions } from './actions';
import { App } from './app';
import { Boundary } from './parts/boundary';
import { Broken } from './parts/broken';
import { watchRoute } from './route';
import { Engine } from './services/engine';
import { watchInstall } from './services/install';
import { listenForPhotos } from './services/intake';
import { takeLaunched } from './services/launch';
import { installOffline } from './services/offline';
import { readPreferences } from './services/preferences';
import { INITIAL } from './state';
import { createStore } from './store';
import { writeNumber } from './text/i18n';

const store = createStore({ ...INITIAL, preferences: readPreferences() });
const engine = new Engine(({ received, total }) => {
  if (store.get().engine.phase === 'loading') store.set({ engine: { phase: 'loading', received, total } });
});
const actions = createActions(store, engine);

/* The engine first: its files are on their way while the page is drawn. */
const started = actions.start();

async function drawPage(root: HTMLElement): Promise<void> {
  await actions.showLanguage();
  const draw = () => {
    const state = store.get();
    render(
      <Boundary
        place={location.hash}
        fallback={(failure, again) => <Broken failure={failure} again={again} state={state} actions={actions} />}
      >
        <App state={state} actions={actions} />
      </Boundary>,
      root,
    );
  };
  store.subscribe(draw);
  draw();
  /* Once that is on the screen; else the first answer would wait for it. */
  requestAnimationFrame(() => setTimeout(writeNumber, 0, 0));
}

/** The engine that was not let run without the policy: through the service worker its script comes with it. */
async function startBound(): Promise<void> {
  const { engine: at } = store.get();
  if (at.phase === 'failed' && at.failure.code === 'unbound') await actions.start();
}

const root = document.getElementById('app');
/* In a task of its own: together with the scripts' first run it would be a long one. */
if (root) setTimeout(drawPage, 0, root);

watchInstall((install) => store.set({ install }));
watchRoute((route) => store.set({ route }));
listenForPhotos(window, actions);
void takeLaunched(actions);

void started.then(() => {
  void installOffline({
    onOffline: (offline) => store.set({ offline }),
    onUpdate: (update) => store.set({ update }),
    onControlled: () => void startBound(),
  });
  void actions.renewModel();
});
window.addEventListener('online', () => void actions.renewModel());
