/*
 * `make lighthouse`: the built site, served statically, judged by Lighthouse as on a phone. Prints the scores and
 * what cost points; ends with 1 where one is below the mark. Reports go to build/lighthouse/.
 *
 * Lighthouse makes the processor four times slower than it is, so that an ordinary one (of 1500 on its own scale)
 * stands for a phone's. One that is slow already, or busy, is slowed by as much less. Since other work comes and
 * goes, the best of three is taken.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import lighthouse from 'lighthouse';
import { throttling } from 'lighthouse/core/config/constants.js';
import { ROOT } from '../support/fixtures.mjs';
import { launch, serve } from '../support/site.mjs';

const MARK = 95;
const ATTEMPTS = 3;
const CATEGORIES = ['performance', 'accessibility', 'best-practices'];
const FOLDER = `${ROOT}build/lighthouse/`;

/** How much slower the processor has to be made, which Lighthouse found to be of `index`. */
const slowdownFor = (index) => Math.min(4, Math.max(1, index / (1500 / 4)));

/** One judgement, in a browser of its own. */
async function judge(url, cpuSlowdownMultiplier) {
  const browser = await launch();
  const port = Number(new URL(browser.wsEndpoint()).port);
  try {
    const flags = { port, output: 'html', onlyCategories: CATEGORIES, logLevel: 'error' };
    return await lighthouse(url, { ...flags, throttling: { ...throttling.mobileSlow4G, cpuSlowdownMultiplier } });
  } finally {
    await browser.close();
  }
}

const pointsOf = ({ score }) => Math.round(score * 100);
const missedBy = ({ categories }) => Object.values(categories).filter((category) => pointsOf(category) < MARK).length;

function print({ categories, audits, environment, configSettings }) {
  const { cpuSlowdownMultiplier } = configSettings.throttling;
  console.log(`processor of ${environment.benchmarkIndex}, made ${cpuSlowdownMultiplier.toFixed(1)} times slower`);
  for (const category of Object.values(categories)) {
    console.log(`${category.id}: ${pointsOf(category)}`);
    for (const { id, weight } of category.auditRefs) {
      const { score, title, displayValue = '' } = audits[id];
      if (weight > 0 && score !== null && score < 0.9) console.log(`  ${title} ${displayValue}`);
    }
  }
}

const site = await serve(`${ROOT}dist`, {}, { headers: true, compressed: true });
let best = await judge(`${site.url}/`, 4);
for (let attempt = 1; attempt < ATTEMPTS && missedBy(best.lhr) > 0; attempt++) {
  print(best.lhr);
  const slowdown = slowdownFor(best.lhr.environment.benchmarkIndex);
  const next = await judge(`${site.url}/`, slowdown);
  if (next.lhr.categories.performance.score >= best.lhr.categories.performance.score) best = next;
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
