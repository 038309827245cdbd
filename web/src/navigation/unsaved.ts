/**
 * Leaving the page with unsaved work asks first, by the browser's own question. The listener is there only as long
 * as there is such work, since with it a page is not kept for going back to.
 */

/** Forms in which something was typed and not sent. */
const touched = new Set<HTMLFormElement>();

let isUnsaved: () => boolean = () => false;
let released = false;
let leaving = false;

/* Longer than from the browser's question to the request for the next page; the timer stands still meanwhile. */
const LEAVING_MS = 3_000;

function hasTouchedForm(): boolean {
  for (const form of touched) if (!form.isConnected) touched.delete(form);
  return touched.size > 0;
}

/** There is work that would be lost with the page. */
export const hasUnsaved = (): boolean => hasTouchedForm() || isUnsaved();

/** The page was about to be replaced just now. */
export const isLeaving = (): boolean => leaving;

function ask(event: BeforeUnloadEvent): void {
  if (released ? !hasTouchedForm() : !hasUnsaved()) return;
  leaving = true;
  setTimeout(() => {
    leaving = false;
  }, LEAVING_MS);
  event.preventDefault();
  /* What older browsers want to see before they ask; the words are theirs. */
  event.returnValue = 'unsaved';
}

/** To be called whenever something has changed. */
export function followUnsaved(): void {
  if (hasUnsaved()) window.addEventListener('beforeunload', ask);
  else window.removeEventListener('beforeunload', ask);
}

/** The work is in good hands: the page may go, unless a form is half filled in. */
export function releaseUnsaved(): void {
  released = true;
}

/** `unsaved` says whether there is work beside half-filled forms. */
export function watchUnsaved(unsaved: () => boolean): void {
  isUnsaved = unsaved;
  const formOf = ({ target }: Event) => (target instanceof Element ? target.closest('form') : null);
  document.addEventListener('input', (event) => {
    const form = formOf(event);
    /* What was chosen from files is still there. */
    if (form && !(event.target instanceof HTMLInputElement && event.target.type === 'file')) touched.add(form);
    followUnsaved();
  });
  document.addEventListener('submit', (event) => {
    const form = formOf(event);
    if (form) touched.delete(form);
    followUnsaved();
  });
}
