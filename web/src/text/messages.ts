/** What a text is, and the keys there are: those of English, against which the other languages are held. */
import type { en } from './en';

export type MessageKey = keyof typeof en;
/** One text, or one for each form a number takes in the language; `{name}` is filled in. */
export type Message = string | (Partial<Record<Intl.LDMLPluralRule, string>> & { other: string });
export type Messages = Record<MessageKey, Message>;
/** Texts for the same keys as `T` has. */
export type Texts<T> = { readonly [K in keyof T]: Message };
export type Values = Record<string, string | number>;
