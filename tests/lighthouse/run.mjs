/*
 * `make lighthouse`: the built site, served statically, judged by Lighthouse as on a phone. Prints the scores and
 * what cost points; ends with 1 where one is below the mark. Other work on the machine costs points of performance,
 * so the best of three is taken. Reports go to build/lighthouse/.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import lighthouse from 'lighthouse';
import { ROOT } from '../support/fixtures.mjs';
import { launch, serve } from '../support/site.mjs';

const MARK = 95;
const ATTEMPTS = 3;
const CATEGORIES = ['performance', 'accessibility', 'best-practices'];
const FOLDER = `${ROOT}build/lighthouse/`;

/** One judgement, in a browser of its own. */
async function judge(url) {
  const browser = await launch();
  const port = Number(new URL(browser.wsEndpoint()).port);
  try {
    return await lighthouse(url, { port, output: 'html', onlyCategories: CATEGORIES, logLevel: 'error' });
  } finally {
    await browser.close();
  }
}

const pointsOf = ({ score }) => Math.round(score * 100);
const missedBy = ({ categories }) => Object.values(categories).filter((category) => pointsOf(category) < MARK).length;

function print({ categories, audits }) {
  for (const category of Object.values(categories)) {
    console.log(`${category.id}: ${pointsOf(category)}`);
    for (const { id, weight } of category.auditRefs) {
      const { score, title, displayValue = '' } = audits[id];
      if (weight > 0 && score !== null && score < 0.9) console.log(`  ${title} ${displayValue}`);
    }
  }
}

const site = await serve(`${ROOT}dist`, {}, { headers: true, compressed: true });
let best = await judge(`${site.url}/`);
for (let attempt = 1; attempt < ATTEMPTS && missedBy(best.lhr) > 0; attempt++) {
  print(best.lhr);
  const next = await judge(`${site.url}/`);
  if (next.lhr.categories.performance.score > best.lhr.categories.performance.score) best = next;
}
await site.close();

mkdirSync(FOLDER, { recursive: true });
writeFileSync(`${FOLDER}report.html`, best.report);
writeFileSync(`${FOLDER}report.json`, JSON.stringify(best.lhr, null, 1));
print(best.lhr);
if (missedBy(best.lhr) > 0) {
  console.error(`below ${MARK}; the report is ${FOLDER}report.html`);
  process.exitCode = 1;
}
