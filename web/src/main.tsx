/** Puts the parts together: store, engine, actions, page; then what can wait until the engine is up. */
import { render } from 'preact';
import { createActions } from './actions';
import { App } from './app';
import { WAYS } from './check/state';
import { watchReadyFile } from './download/download';
import { Engine } from './engine/engine';
import { watchInstall } from './install/install';
import { listenForPhotos } from './intake/drop-and-paste';
import { takeLaunched } from './intake/launch';
import { watchArrivals } from './navigation/arrival';
import { keepFocus } from './navigation/kept-focus';
import { watchRoute } from './navigation/route';
import { followUnsaved, watchUnsaved } from './navigation/unsaved';
import { installOffline } from './offline/registration';
import { readPreferences } from './preferences/preferences';
import { Boundary } from './shell/boundary';
import { Broken } from './shell/broken';
import { INITIAL, isUnsaved } from './state';
import { createStore } from './store';
import { writeNumber } from './text/i18n';

const store = createStore({ ...INITIAL, preferences: readPreferences() });
const engine = new Engine((change) => store.set(change));
const actions = createActions(store, engine);

/* The engine first: its files are on their way while the page is drawn. */
const started = actions.start();

/** What was opened in the first screen that came with the page. */
function takeOverScreen(root: HTMLElement): void {
  const opened = root.querySelector<HTMLElement>('.way[open]')?.dataset.way;
  store.set({ way: WAYS.find((way) => way === opened) ?? null });
  document.documentElement.classList.remove('elsewhere');
}

async function drawPage(root: HTMLElement): Promise<void> {
  await actions.showLanguage();
  takeOverScreen(root);
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
  keepFocus(root);
  /* After the drawing: what was typed into may be gone with it. */
  store.subscribe(followUnsaved);
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
watchArrivals();
watchUnsaved(() => isUnsaved(store.get()));
watchReadyFile((readyFile) => store.set({ readyFile }));
watchRoute((route) => store.set({ route }));
listenForPhotos(window, actions);
void takeLaunched(actions);
void actions.restoreWork();

void started.then(() => {
  void installOffline({
    onOffline: (offline) => store.set({ offline }),
    onUpdate: (update) => store.set({ update, updateLater: false }),
    onControlled: () => void startBound(),
  });
  actions.tendModels();
});

/* What failed for want of a network is tried again once there is one, or the person comes back to the page. */
const comeBack = () => {
  void actions.wakeEngine();
  actions.tendModels();
};
window.addEventListener('online', comeBack);
window.addEventListener('pageshow', comeBack);
document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && comeBack());
