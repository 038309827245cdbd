/** What the person sets, stored for the next visit. */
import { install } from '../install/install';
import { type Preferences, writePreferences } from '../preferences/preferences';
import { Fault, toFailure } from '../protocol/fault';
import type { State } from '../state';
import type { Store } from '../store';
import { speak } from '../text/i18n';
import { matchLanguage } from '../text/languages';

export function settingsActions(store: Store<State>) {
  /** Texts first, then the page: it is never half in one language. */
  async function showLanguage(): Promise<void> {
    const wanted = store.get().preferences.language ?? matchLanguage(navigator.languages);
    try {
      await speak(wanted);
      store.set({ language: wanted, settingsFailure: null });
    } catch (error) {
      store.set({ settingsFailure: toFailure(new Fault('language', (error as Error).message)) });
    }
  }

  async function prefer(change: Partial<Preferences>): Promise<void> {
    const preferences = { ...store.get().preferences, ...change };
    store.set({ preferences, settingsFailure: null });
    if ('language' in change) await showLanguage();
    if (!writePreferences(preferences)) store.set({ settingsFailure: { code: 'preferences', detail: '' } });
  }

  return {
    /** To be awaited before the page is drawn. */
    showLanguage,

    /** The browser asks; whatever the person says, we do not offer it again by ourselves. */
    async install(): Promise<void> {
      store.set({ install: 'unknown' });
      await install();
      await prefer({ installAsked: true });
    },

    prefer,
  };
}
