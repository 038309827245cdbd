/**
 * Tries to reach another site in several ways and tells what became of each. The address is a reserved name
 * that can belong to nobody; a mere network failure is told from a refusal by the browser's own event.
 */

export interface ProbeResult {
  way: WayName;
  /**
   * `refused`: by the content policy. `arrived`: it was sent. `unclear`: it failed, the policy said nothing. Of what no
   * policy is about: `closed`, by the page's first script or since the browser has none of it; `open`.
   */
  outcome: 'refused' | 'arrived' | 'unclear' | 'closed' | 'open';
  /** The directive that refused it; empty where none did. */
  directive: string;
}

type PolicyWay = 'fetch' | 'picture' | 'message' | 'line' | 'stream' | 'font' | 'frame' | 'prefetch';
export type WayName = PolicyWay | 'call' | 'inner' | 'window' | 'leave' | 'ahead';

/* A name of its own for each way, so that word of one is not taken for word of the next. */
const elsewhere = (way: WayName) => `https://${way}.example.invalid/`;
const PATIENCE_MS = 2000;

/** Each begins one request to `url`; true once it is known to have been sent. */
export type Way = (url: string) => Promise<boolean>;

const viaFetch: Way = (url) =>
  fetch(url, { mode: 'no-cors' }).then(
    /* The service worker's refusal is an answer, too, but not an opaque one. */
    ({ type }) => type === 'opaque',
    () => false,
  );

const viaLine: Way = (url) =>
  new Promise((resolve) => {
    try {
      const line = new WebSocket(url.replace('https:', 'wss:'));
      line.onopen = () => resolve(true);
      line.onerror = () => resolve(false);
    } catch {
      resolve(false);
    }
  });

/** The ways that page and worker both have. */
export const COMMON_WAYS = { fetch: viaFetch, line: viaLine };

/** The next directive that refuses `url`; empty where none has after a while. */
function refusalOf(url: string): Promise<string> {
  const { host } = new URL(url);
  return new Promise((resolve) => {
    const end = (directive: string) => {
      clearTimeout(timer);
      globalThis.removeEventListener('securitypolicyviolation', hear);
      resolve(directive);
    };
    const hear = (event: Event) => {
      const { blockedURI, effectiveDirective } = event as SecurityPolicyViolationEvent;
      /* Some browsers name the whole address, others its origin. */
      if (blockedURI.includes(host)) end(effectiveDirective);
    };
    const timer = setTimeout(end, PATIENCE_MS, '');
    globalThis.addEventListener('securitypolicyviolation', hear);
  });
}

/** Some browsers say nothing at all of what they refuse. */
const never = () => new Promise<boolean>((resolve) => setTimeout(resolve, PATIENCE_MS, false));

async function probe(way: WayName, go: Way): Promise<ProbeResult> {
  const refusal = refusalOf(elsewhere(way));
  const arrived = Promise.race([go(elsewhere(way)).catch(() => false), never()]);
  const directive = await Promise.race([refusal, arrived.then((sent) => (sent ? '' : refusal))]);
  const outcome = directive !== '' ? 'refused' : (await arrived) ? 'arrived' : 'unclear';
  return { way, outcome, directive };
}

export function probeElsewhere(ways: Partial<Record<WayName, Way>>): Promise<ProbeResult[]> {
  return Promise.all(Object.entries(ways).map(([way, go]) => probe(way as WayName, go)));
}
