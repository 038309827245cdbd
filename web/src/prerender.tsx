/**
 * The first screen as HTML, in English: the build puts it into index.html, so that it can be read before any script
 * runs. What the page's own script draws takes its place.
 */
import { renderToString } from 'preact-render-to-string';
import type { Actions } from './actions';
import { App } from './app';
import { INITIAL } from './state';

/* Drawing calls none of them. */
const NO_ACTIONS = {} as Actions;

export const firstScreen = (): string => renderToString(<App state={INITIAL} actions={NO_ACTIONS} />);
