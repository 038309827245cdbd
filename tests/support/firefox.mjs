/* Firefox ESR, headless, behind the same few words as webkit.mjs. Node only. */
import puppeteer from 'puppeteer-core';

/** { goto, reload, has, evaluate, upload, close } */
export async function launchFirefox() {
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: process.env.FIREFOX ?? '/usr/bin/firefox-esr',
    headless: true,
  });
  const page = await browser.newPage();
  return {
    goto: (url) => page.goto(url),
    reload: () => page.reload(),
    has: async (selector) => (await page.$(selector)) !== null,
    evaluate: (script, ...args) => page.evaluate(`(${script})(...${JSON.stringify(args)})`),
    upload: async (selector, file) => (await page.$(selector)).uploadFile(file),
    close: () => browser.close(),
  };
}
