/** Numbers as people read them, by `Intl` in the language of the texts. */
import { LANGUAGE } from './en';

const formats = new Map<number, Intl.NumberFormat>();

function format(digits: number, value: number): string {
  let found = formats.get(digits);
  if (!found) {
    found = new Intl.NumberFormat(LANGUAGE, { minimumFractionDigits: digits, maximumFractionDigits: digits });
    formats.set(digits, found);
  }
  return found.format(value);
}

/** A thin space before the sign keeps number and sign together and apart. */
const NARROW_SPACE = '\u202f';

/** A share, 0..1, as "93 %", "4.2 %", "< 0.1 %". Never "0 %" or "100 %" for what is neither. */
export function percent(share: number): string {
  const value = share * 100;
  if (value > 0 && value < 0.1) return `<${NARROW_SPACE}${format(1, 0.1)}${NARROW_SPACE}%`;
  if (value > 99.9 && value < 100) return `>${NARROW_SPACE}${format(1, 99.9)}${NARROW_SPACE}%`;
  const digits = value < 10 || value > 99 ? 1 : 0;
  return `${format(digits, value)}${NARROW_SPACE}%`;
}

/** 4123456 -> "4.1" (megabytes of a million bytes, as networks count them). */
export const megabytes = (bytes: number): string => format(1, bytes / 1e6);

/** 7.93 -> "7.9", 41.2 -> "41". */
export const milliseconds = (ms: number): string => format(ms < 10 ? 1 : 0, ms);
