/* The other engines of the web, and what a test does in each of them alike. */
import { launchFirefox } from './firefox.mjs';
import { launchWebKit } from './webkit.mjs';

const PATIENCE_MS = 90_000;

export const BROWSERS = [
  { name: 'Firefox ESR', launch: launchFirefox },
  { name: 'WebKitGTK', launch: launchWebKit },
];

/** Ask until it is there; at the end say what the page shows instead. */
export async function until(browser, selector) {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; ) {
    if (await browser.has(selector)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`no ${selector}; the page says: ${await browser.evaluate('() => document.body.innerText')}`);
}

export const click = (browser, selector) =>
  browser.evaluate('(found) => document.querySelector(found).click()', selector);
