/**
 * The content policy of the site, in one place: the build writes it into the page's `<meta>` and into
 * `_headers` and its like, and the service worker puts it onto everything it serves. The last matters most: a worker
 * obeys the header on its own script, not its page's `<meta>`. Until it has been installed, the page starts
 * its worker from a blob: address, since such a worker takes over the policy of who made it.
 */
import { createHash } from 'node:crypto';

/** `firstScript`: the text of the one script that stands in the page itself, src/first-script/. */
const directives = (firstScript) => ({
  'default-src': "'none'",
  'script-src': `'self' 'sha256-${createHash('sha256').update(firstScript).digest('base64')}' 'wasm-unsafe-eval'`,
  'style-src': "'self'",
  'img-src': "'self' blob:",
  'connect-src': "'self'",
  'worker-src': "'self' blob:",
  'manifest-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  /* Text becomes a script's address by two rules alone: src/browser/script-address.ts and src/worker/threads.ts. */
  'require-trusted-types-for': "'script'",
  'trusted-types': 'lentigo',
});

/** Directives that a `<meta>` may not carry. */
const HEADER_ONLY = { 'frame-ancestors': "'none'" };

const write = (all) =>
  Object.entries(all)
    .map(([name, value]) => `${name} ${value}`)
    .join('; ');

export const metaPolicy = (firstScript) => write(directives(firstScript));

/** Of a page without scripts. */
export const BARE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

const SENSORS = ['geolocation', 'microphone', 'display-capture', 'midi', 'payment', 'usb', 'serial', 'hid'];

/** Response headers by name, for hosts that can set them and for the service worker. */
export const headers = (firstScript) => ({
  'Content-Security-Policy': write({ ...directives(firstScript), ...HEADER_ONLY }),
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Permissions-Policy': ['camera=(self)', ...SENSORS.map((name) => `${name}=()`)].join(', '),
  /* Names in links are not looked up before they are followed. */
  'X-DNS-Prefetch-Control': 'off',
  /* Nobody else's code is in this page: the browser lets its workers share memory, which threads need. */
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
});
