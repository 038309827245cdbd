/** What the person chose; services/preferences.ts keeps it. */
import type { Failure } from '../shared/fault';
import type { Language } from '../text/languages';

export type Units = 'metric' | 'imperial';

/** A camera, as the browser knows it. */
export interface Lens {
  id: string;
  label: string;
}

export interface Preferences {
  /** null: the browser's. */
  language: Language | null;
  /** Name of the model's operating point; null: the one the model itself sets. */
  operatingPoint: string | null;
  /** Answers may be kept on this device. Off until turned on. */
  history: boolean;
  units: Units;
  /** That the engine may compute on. */
  threads: number;
  /** The camera chosen, where there are several; null: the browser's choice. */
  lens: Lens | null;
  /** The offer to install has been answered. */
  installAsked: boolean;
}

export interface SettingsSlice {
  preferences: Preferences;
  /** The language on the page; it follows `preferences.language` once its texts are here. */
  language: Language;
  /** Why a language or a setting could not be taken. */
  settingsFailure: Failure | null;
}

export const PREFERENCES: Preferences = {
  language: null,
  operatingPoint: null,
  history: false,
  units: 'metric',
  threads: 1,
  lens: null,
  installAsked: false,
};
export const SETTINGS: SettingsSlice = { preferences: PREFERENCES, language: 'en', settingsFailure: null };
