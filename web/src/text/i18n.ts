/**
 * Every sentence of the app comes through `t('key')`. The English of the first screen is always here; that of the
 * screens which are fetched later comes with the first of them. The other languages are a file each, fetched when
 * wanted. All of them are cached with the app for use without a network.
 */
import first from 'texts/en';
import { directionOf, type Language } from './languages';
import type { Message, MessageKey, PlainKey, Value, Values } from './messages';

type Messages = Record<string, Message>;

const LOADERS: Record<Exclude<Language, 'en'>, () => Promise<{ default: Messages }>> = {
  de: () => import('texts/de'),
  es: () => import('texts/es'),
  fr: () => import('texts/fr'),
  pt: () => import('texts/pt'),
  zh: () => import('texts/zh'),
  ar: () => import('texts/ar'),
};

let current: Language = 'en';
let english: Messages = first;
let messages: Messages = english;
let plural = new Intl.PluralRules(current);
let numbers: Intl.NumberFormat | null = null;
let rightToLeft = false;

export const language = (): Language => current;

/** Turn to `wanted` once its texts are here. Where they cannot be fetched it throws, and nothing changed. */
export async function speak(wanted: Language): Promise<void> {
  const loaded = wanted === 'en' ? english : (await LOADERS[wanted]()).default;
  current = wanted;
  messages = loaded;
  plural = new Intl.PluralRules(wanted);
  numbers = null;
  rightToLeft = directionOf(wanted) === 'rtl';
  document.documentElement.lang = wanted;
  document.documentElement.dir = directionOf(wanted);
}

/** To be awaited before a screen that was fetched is drawn. Throws where the texts cannot be fetched. */
export async function readLateTexts(): Promise<void> {
  if (english !== first) return;
  english = { ...first, ...(await import('texts/en/late')).default };
  if (current === 'en') messages = english;
}

/** A browser's first `NumberFormat` takes as long as drawing the page: not before that is done. */
export function writeNumber(value: number): string {
  numbers ??= new Intl.NumberFormat(current);
  return numbers.format(value);
}

/** A value, or one of a list, that may run the other way than the sentence it stands in, between Unicode's signs for that. */
export const apart = (value: string): string => (rightToLeft ? `\u2068${value}\u2069` : value);

/** The text of `key`. A number among the values is written as the language has it; `count` chooses the plural form. */
export function t<K extends MessageKey>(key: K, ...[given]: Values<K>): string {
  const values: Record<string, Value> = given ?? {};
  const message = messages[key] ?? english[key] ?? key;
  const form = typeof message === 'string' ? message : (message[plural.select(Number(values.count))] ?? message.other);
  return form.replace(/\{(\w+)\}/g, (place, name: string) => {
    const value = values[name];
    if (value === undefined) return place;
    return typeof value === 'number' ? writeNumber(value) : apart(value);
  });
}

/** The text of a key put together at run time, as `fault.LT_MEMORY`; null where there is none. */
export function tIfAny(key: string): string | null {
  return key in messages ? t(key as PlainKey) : null;
}
