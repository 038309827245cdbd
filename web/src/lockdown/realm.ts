/**
 * What the lockdown stands on, taken before any other script could put something else in its place: it must not call a
 * method by a name that such a script may have changed since.
 */

export type Realm = Window & typeof globalThis;
type Method = (...args: never[]) => unknown;

export const { apply, defineProperty, getOwnPropertyDescriptor: describe } = Reflect;

const { includes, toLowerCase } = String.prototype;

/** Does `text` hold one of `words`, in whatever case? */
export function mentions(text: string, words: readonly string[]): boolean {
  const low = apply(toLowerCase, text, []);
  let found = false;
  each(words, (word) => {
    found ||= apply(includes, low, [word]);
  });
  return found;
}

/** The getter of `name` as a function of the object; undefined for what has no such member, or is of another kind. */
export function getter(prototype: object | undefined, name: string): (of: unknown) => unknown {
  const get = prototype && describe(prototype, name)?.get;
  return (of) => {
    if (!get || typeof of !== 'object' || of === null) return undefined;
    try {
      return apply(get, of, []);
    } catch {
      return undefined;
    }
  };
}

/** `for` … `of` would go by the array's own iterator. */
export function each<T>(list: readonly T[], use: (item: T) => void): void {
  for (let i = 0; i < list.length; i++) use(list[i] as T);
}

/** For good: no later script can change it back. */
export function fix(where: object, name: string, value: unknown): void {
  defineProperty(where, name, { value, writable: false, enumerable: false, configurable: false });
}

/** The prototype of a class of `realm`; an empty object where the browser has none. */
export const prototypeOf = (realm: Realm, name: string): object =>
  (realm as unknown as Record<string, { prototype?: object } | undefined>)[name]?.prototype ?? {};

/** Members by the names of their classes. */
export type Members = readonly [where: string, name: string][];

export interface Around {
  /** May throw, or change the arguments. */
  before?: (target: unknown, args: unknown[]) => void;
  after?: () => void;
}

/** `'Node.appendChild Element.append'` as a table. */
export const members = (text: string): Members =>
  text.split(/\s+/).map((member) => member.split('.') as [string, string]);

/** Put `around` about a method, or about an attribute's setter. */
export function surround(prototype: object, name: string, { before, after }: Around): void {
  const found = describe(prototype, name);
  const inner = (found?.set ?? found?.value) as Method | undefined;
  if (!found || typeof inner !== 'function') return;
  function outer(this: unknown, ...args: unknown[]): unknown {
    before?.(this, args);
    try {
      return apply(inner as Method, this, args as never[]);
    } finally {
      after?.();
    }
  }
  if (found.set) defineProperty(prototype, name, { ...found, set: outer, configurable: false });
  else fix(prototype, name, outer);
}

export function surroundAll(realm: Realm, table: Members, around: Around): void {
  each(table, (member) => surround(prototypeOf(realm, member[0]), member[1], around));
}
