/** What a text is, and the keys there are. The texts themselves are web/texts/LANGUAGE/SCREEN.json. */
import type { Places, PluralKey } from 'texts/keys';

export type MessageKey = keyof Places;

/** Keys of texts with nothing to fill in. */
export type PlainKey = { [K in MessageKey]: [Places[K]] extends [never] ? K : never }[MessageKey];

/** One text, or one for each form that a number takes in the language; `{name}` is filled in. */
export type Message = string | (Partial<Record<Intl.LDMLPluralRule, string>> & { other: string });

export type Value = string | number;

/** What `t` has to be given for a key: nothing, or a value for each name; a plural form follows the number `count`. */
export type Values<K extends MessageKey> = [Places[K]] extends [never]
  ? []
  : [values: Record<Places[K], Value> & ([Extract<K, PluralKey>] extends [never] ? unknown : { count: number })];
