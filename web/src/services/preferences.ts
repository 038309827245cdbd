/** Where settings are kept: a few words in the browser's local storage, one entry for each place the app lives at. */
import { type Lens, PREFERENCES, type Preferences } from '../slices/settings';
import { isLanguage } from '../text/languages';

const KEY = `lentigo:preferences:${new URL('./', document.baseURI).pathname}`;

/** What is kept, each member by itself: one that makes no sense falls back to its default. */
export function readPreferences(): Preferences {
  const found = readStored();
  return {
    language: isLanguage(found.language) ? found.language : PREFERENCES.language,
    operatingPoint: typeof found.operatingPoint === 'string' ? found.operatingPoint : PREFERENCES.operatingPoint,
    history: found.history === true,
    installAsked: found.installAsked === true,
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

/** False where the browser keeps nothing; the setting then holds until the page is closed. */
export function writePreferences(preferences: Preferences): boolean {
  try {
    localStorage.setItem(KEY, JSON.stringify(preferences));
    return true;
  } catch {
    return false;
  }
}
