/**
 * Workers of this page may share memory: the browser can, and nobody else's code is in the page. With a host that sends
 * no headers that is so once the service worker has served the page.
 */
export const canShareMemory = (): boolean =>
  globalThis.crossOriginIsolated === true && typeof SharedArrayBuffer === 'function';
