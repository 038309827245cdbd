/** Whether the content policy binds this worker. */

/**
 * One from a blob: address has the policy of the page. One as served has only what came with its script; that policy
 * forbids to make code of text, which is found out without a request.
 */
export function isBound(): boolean {
  if (location.protocol === 'blob:') return true;
  try {
    new Function('');
    return false;
  } catch {
    return true;
  }
}
