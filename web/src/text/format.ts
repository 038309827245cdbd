/** Numbers, dates and lists as people read them, by `Intl` in the language of the texts. */
import { apart, language, t } from './i18n';

const formats = new Map<string, Intl.NumberFormat>();

function format(value: number, options: Intl.NumberFormatOptions): string {
  const key = language() + JSON.stringify(options);
  let found = formats.get(key);
  if (!found) {
    found = new Intl.NumberFormat(language(), options);
    formats.set(key, found);
  }
  return found.format(value);
}

const fixed = (digits: number) => ({ minimumFractionDigits: digits, maximumFractionDigits: digits });
const asPercent = (share: number, digits: number) => format(share, { style: 'percent', ...fixed(digits) });

/** A share, 0..1, as "93%", "4.2%", "<0.1%". Never "0%" or "100%" for what is neither. */
export function percent(share: number): string {
  if (share > 0 && share < 0.001) return t('format.below', { value: asPercent(0.001, 1) });
  if (share > 0.999 && share < 1) return t('format.above', { value: asPercent(0.999, 1) });
  const whole = share === 0 || share === 1;
  return asPercent(share, !whole && (share < 0.1 || share > 0.99) ? 1 : 0);
}

/** Decimal, as networks and storage are counted. */
const BYTE_UNITS = [
  [1e9, 'gigabyte'],
  [1e6, 'megabyte'],
  [1e3, 'kilobyte'],
] as const;

/** 512 -> "512 bytes", 41234 -> "41 kB", 4123456 -> "4.1 MB", 412345678 -> "412 MB", 10742200000 -> "10.7 GB". */
export function bytes(count: number): string {
  /* What would be rounded up to 1,000 of a unit is 1 of the next. */
  const [size, unit] = BYTE_UNITS.find(([least]) => count >= least * 0.9995) ?? [1, 'byte'];
  const value = count / size;
  const digits = size > 1e3 && value < 100 ? 1 : 0;
  return format(value, { style: 'unit', unit, unitDisplay: size === 1 ? 'long' : 'short', ...fixed(digits) });
}

/** 7.93 -> "7.9 ms", 41.2 -> "41 ms". */
export const milliseconds = (ms: number): string =>
  format(ms, { style: 'unit', unit: 'millisecond', ...fixed(ms < 10 ? 1 : 0) });

/** 8200 ms -> "8 sec", 65000 -> "1 min": about how long. */
export function duration(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  const [value, unit] = seconds < 90 ? [seconds, 'second'] : [Math.round(seconds / 60), 'minute'];
  return format(value, { style: 'unit', unit, unitDisplay: 'short' });
}

export const decimal = (value: number, digits: number): string => format(value, fixed(digits));

const joined = (parts: string[], options: Intl.ListFormatOptions): string =>
  new Intl.ListFormat(language(), options).format(parts.map(apart));

export const and = (parts: string[]): string => joined(parts, { type: 'conjunction' });
export const or = (parts: string[]): string => joined(parts, { type: 'disjunction' });
/** As short as the language has it; in English without a word between them. */
export const list = (parts: string[]): string => joined(parts, { type: 'conjunction', style: 'narrow' });

export const day = (time: number): string => new Intl.DateTimeFormat(language(), { dateStyle: 'medium' }).format(time);

const MINUTE_MS = 60_000;
const minuteOf = (time: number) => Math.floor(time / MINUTE_MS);

/** Day and minute; and the second, where another of `among` falls into the same minute. */
export function moment(time: number, among: { time: number }[] = []): string {
  const close = among.filter((other) => minuteOf(other.time) === minuteOf(time));
  const timeStyle = close.length > 1 ? 'medium' : 'short';
  return new Intl.DateTimeFormat(language(), { dateStyle: 'medium', timeStyle }).format(time);
}

/** The time of day. */
export const clock = (time: number): string =>
  new Intl.DateTimeFormat(language(), { timeStyle: 'medium' }).format(time);

/** For sorting names as the language does. */
export const byName = (a: string, b: string): number => a.localeCompare(b, language());

/** So many digits of a hash tell two files of the same version apart. */
const SHORT_HASH = 8;
export const shortHash = (sha256: string): string => sha256.slice(0, SHORT_HASH);
