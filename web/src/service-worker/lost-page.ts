/** The page for when there is neither a cached file nor a network: it says so, and offers to load again. */

import texts from 'texts/service-worker';
import { directionOf, matchLanguage } from '../text/languages';

export function lostPage(): Response {
  const language = matchLanguage(navigator.languages);
  const { 'lost.what': what, 'lost.again': again } = texts[language];
  const head =
    '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">' +
    '<meta name="color-scheme" content="light dark"><title>Lentigo</title>';
  const body = `<main><h1 translate="no">Lentigo</h1><p>${what}</p><p><a href="./">${again}</a></p></main>`;
  return new Response(
    `<!doctype html><html lang="${language}" dir="${directionOf(language)}"><head>${head}</head><body>${body}</body></html>`,
    { status: 503, headers: { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' } },
  );
}
