/* A clock that runs faster, for tests of what is given up after a while: they would only wait. */

/** How many times faster. A browser on a busy machine still answers in what is left of twenty seconds. */
const TIMES = 8;

/**
 * The beginning of a script whose timers and dates run so: of a page's by `hurry`, of a worker's by `siteWith`, which puts it
 * into every module of it; one counts.
 */
export const HURRIED = `if (!globalThis.hurried) {
  globalThis.hurried = true;
  const now = Date.now;
  const began = now();
  Date.now = () => began + (now() - began) * ${TIMES};
  for (const name of ['setTimeout', 'setInterval']) {
    const start = globalThis[name];
    globalThis[name] = (work, ms = 0, ...rest) => start(work, ms / ${TIMES}, ...rest);
  }
}`;

/** From its next load on, the page's own clock runs faster. */
export const hurry = (page) => page.evaluateOnNewDocument(HURRIED);
