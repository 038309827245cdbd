/** State of a screen that is there again when one comes back to it. */
import { useState } from 'preact/hooks';

const remembered = new Map<string, unknown>();

/** As `useState`; `key` says what it is the state of. */
export function useRememberedState<T>(key: string, initial: T): [T, (value: T) => void] {
  const [, redraw] = useState(0);
  const value = remembered.has(key) ? (remembered.get(key) as T) : initial;
  const set = (next: T) => {
    remembered.set(key, next);
    redraw((count) => count + 1);
  };
  return [value, set];
}
