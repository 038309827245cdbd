/** The fixed list: which requests are answered, and from where. What is not on it is refused. */
import { SHARE_PATH } from '../protocol/service-worker-messages';

export type Source =
  /** The page itself. */
  | 'page'
  /** Perhaps a file of a version of the app that lives here; those are looked up by path. */
  | 'shell'
  /** The catalogue, its signatures, or a model or atlas by its hash: the host has it, worker/model-cache.ts stores it. */
  | 'host'
  /** Files from another app. */
  | 'share'
  | 'none';

const PAGE = ['', 'index.html'];
const HOST = /^(?:catalog\.json(?:\.sig)?|model\/[0-9a-f]{64}\.(?:tflite|atlas))$/;

/** The path below `scope`; null for what lies elsewhere. */
export function pathBelow(scope: URL, address: string): string | null {
  const { origin, pathname } = new URL(address);
  if (origin !== scope.origin || !pathname.startsWith(scope.pathname)) return null;
  return pathname.slice(scope.pathname.length);
}

export function sourceOf(request: Request, path: string | null): Source {
  if (path === null) return 'none';
  if (request.method === 'POST') return path === SHARE_PATH && request.mode === 'navigate' ? 'share' : 'none';
  if (request.method !== 'GET') return 'none';
  if (PAGE.includes(path)) return 'page';
  return HOST.test(path) ? 'host' : 'shell';
}
