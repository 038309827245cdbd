/**
 * Where an element that has the focus is taken away, as a button is in whose place comes what it asked for, the browser lets
 * the focus fall to the top of the page, and a screen reader with it. Here it goes to the part of the page that the
 * element stood in, unless the screen itself has a better place for it.
 */

/* Parts that a screen reader tells apart. */
const PART = 'section, form, main';

function focusPart(path: Element[]): void {
  const part = path.find((element) => element.isConnected && element.matches(PART));
  if (!(part instanceof HTMLElement) || document.activeElement !== document.body) return;
  if (!part.hasAttribute('tabindex')) part.tabIndex = -1;
  part.focus({ preventScroll: true });
}

/** To be called once, with what the app is drawn into. */
export function keepFocus(root: HTMLElement): void {
  /* What has the focus, and all that it stands in. */
  let path: Element[] = [];
  root.addEventListener('focusin', (event) => {
    path = event.composedPath().filter((target) => target instanceof Element);
  });
  new MutationObserver(() => {
    const [focused] = path;
    if (!focused || focused.isConnected) return;
    const left = path;
    path = [];
    /* After the screen has had its turn. */
    requestAnimationFrame(() => focusPart(left));
  }).observe(root, { childList: true, subtree: true });
}
