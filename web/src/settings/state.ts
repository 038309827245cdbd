/** What the person chose, as the page shows it. */

import { PREFERENCES, type Preferences } from '../preferences/preferences';
import type { Failure } from '../protocol/fault';
import type { Language } from '../text/languages';

export interface SettingsSlice {
  preferences: Preferences;
  /** The language on the page; it follows `preferences.language` once its texts are here. */
  language: Language;
  /** Why a language or a setting could not be taken. */
  settingsFailure: Failure | null;
}

export const SETTINGS: SettingsSlice = { preferences: PREFERENCES, language: 'en', settingsFailure: null };
