/** What web/texts.mjs makes of web/texts/; `texts/keys` it writes itself, into build/types/. `texts/en/late` is English, too. */

declare module 'texts/*' {
  const messages: Record<string, import('./messages').Message>;
  export default messages;
}

declare module 'texts/lessons/*' {
  const lessons: import('./lessons').Lessons;
  export default lessons;
}

declare module 'texts/service-worker' {
  const texts: Record<import('./languages').Language, Record<'lost.what' | 'lost.again', string>>;
  export default texts;
}
