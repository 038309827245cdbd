/** Something that is held in memory until it is asked for, once, or for a minute: no cache, no address, no host has it. */

const HOLD_MS = 60_000;

export class Held<T> {
  #value: T | null = null;
  #release: () => void = () => undefined;

  get value(): T | null {
    return this.#value;
  }

  /** What it gives lasts as long as `value` is held: the event has to stay open for it. */
  hold(value: T): Promise<void> {
    this.#release();
    this.#value = value;
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        this.#value = null;
        resolve();
      };
      const timer = setTimeout(end, HOLD_MS);
      this.#release = end;
    });
  }

  take(): T | null {
    const value = this.#value;
    this.#release();
    return value;
  }
}
