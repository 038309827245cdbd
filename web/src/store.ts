/** The one store: a value, a way to change parts of it, and word of it once a turn. */

export interface Store<T> {
  get(): T;
  set(change: Partial<T>): void;
  subscribe(listener: () => void): void;
}

export function createStore<T extends object>(initial: T): Store<T> {
  const listeners: (() => void)[] = [];
  let value = initial;
  let announced = true;
  const announce = () => {
    announced = true;
    for (const listener of listeners) listener();
  };
  return {
    get: () => value,
    set(change) {
      value = { ...value, ...change };
      if (!announced) return;
      announced = false;
      queueMicrotask(announce);
    },
    subscribe: (listener) => void listeners.push(listener),
  };
}
