/** The engine's builds under the names that web/build gives them. */

declare module 'lentigo/*.wasm' {
  /** Where the file lies, relative to the script. */
  const url: string;
  export default url;
}

declare module 'lentigo/*.mjs' {
  const glue: import('./wasm-module').Glue;
  export default glue;
}
