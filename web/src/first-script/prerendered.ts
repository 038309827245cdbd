/**
 * index.html holds the first screen in English, to be read before the scripts are here. To whoever opens another
 * screen, or has a browser in another language, it is not shown: it would be gone in a moment.
 */
const FIRST = ['', '#', '#/'];

if (!FIRST.includes(location.hash) || !/^en\b/i.test(navigator.language))
  document.documentElement.classList.add('elsewhere');
