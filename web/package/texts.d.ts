/** Texts of the app that the component shows, by the key, as web/package.mjs gathers them. */

declare module 'texts/element/*' {
  const messages: Record<string, string>;
  export default messages;
}

declare module '*.css' {
  const text: string;
  export default text;
}
