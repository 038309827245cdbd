/* `make screenshots`: every state of the app, phone and desktop, light and dark, into build/screenshots/. */
import { mkdirSync } from 'node:fs';
import { ROOT } from '../support/fixtures.mjs';
import { launch, serve } from '../support/site.mjs';

const FOLDER = `${ROOT}build/screenshots/`;
const SCREENS = [
  { name: 'phone', width: 390, height: 844, deviceScaleFactor: 2 },
  { name: 'desktop', width: 1280, height: 900, deviceScaleFactor: 1 },
];
const WAIT = { timeout: 60_000 };

mkdirSync(FOLDER, { recursive: true });
const site = await serve(`${ROOT}dist`);
const browser = await launch();
for (const { name, ...viewport } of SCREENS)
  for (const scheme of ['light', 'dark']) {
    const context = await browser.createBrowserContext();
    const page = await context.newPage();
    const shoot = (state, fullPage) => page.screenshot({ path: `${FOLDER}${name}-${scheme}-${state}.png`, fullPage });
    await page.setViewport(viewport);
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
    await page.goto(site.url);
    await page.waitForSelector('[data-engine=ready]', WAIT);
    await shoot('start', true);
    await page.click('[data-sample=many]');
    await page.waitForSelector('[data-job=done] .answer', WAIT);
    await shoot('answer', false);
    await page.click('.details summary');
    await shoot('details', true);
    await context.close();
  }
await browser.close();
await site.close();
console.log(`screenshots are in ${FOLDER}`);
