/** What the person chose, and where that is stored: a few words in the browser's local storage, one entry for each place the app lives at. */
import { isLanguage, type Language } from '../text/languages';

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
  /** Answers may be saved on this device. Off until turned on. */
  history: boolean;
  units: Units;
  /** That the engine may compute on. */
  threads: number;
  /** The camera chosen, where there are several; null: the browser's choice. */
  lens: Lens | null;
  /** The offer to install has been answered. */
  installAsked: boolean;
  /** The person says what the photo shows before the answer is shown. */
  guessFirst: boolean;
  /** The app may look once a day whether the site has a newer model. Off until allowed. */
  lookDaily: boolean;
}

export const PREFERENCES: Preferences = {
  language: null,
  operatingPoint: null,
  history: false,
  units: 'metric',
  threads: 1,
  lens: null,
  installAsked: false,
  guessFirst: false,
  lookDaily: false,
};

const KEY = `lentigo:preferences:${new URL('./', document.baseURI).pathname}`;

/** What is stored, each member by itself: one that makes no sense falls back to its default. */
export function readPreferences(): Preferences {
  const found = readStored();
  return {
    language: isLanguage(found.language) ? found.language : PREFERENCES.language,
    operatingPoint: typeof found.operatingPoint === 'string' ? found.operatingPoint : PREFERENCES.operatingPoint,
    history: found.history === true,
    installAsked: found.installAsked === true,
    guessFirst: found.guessFirst === true,
    lookDaily: found.lookDaily === true,
    threads: isThreads(found.threads) ? found.threads : PREFERENCES.threads,
    lens: isLens(found.lens) ? { id: found.lens.id, label: found.lens.label } : PREFERENCES.lens,
    units: found.units === 'imperial' ? 'imperial' : PREFERENCES.units,
  };
}

const isThreads = (value: unknown): value is number => Number.isInteger(value) && Number(value) >= 1;

function isLens(value: unknown): value is Lens {
  const { id, label } = (value ?? {}) as Partial<Record<keyof Lens, unknown>>;
  return typeof id === 'string' && id !== '' && typeof label === 'string';
}

function readStored(): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** False where the browser stores nothing; the setting then holds until the page is closed. */
export function writePreferences(preferences: Preferences): boolean {
  try {
    localStorage.setItem(KEY, JSON.stringify(preferences));
    return true;
  } catch {
    return false;
  }
}
