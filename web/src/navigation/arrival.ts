/**
 * Arriving at a screen. A new one begins at its top, and a screen reader hears of it; Back and Forward lead to where
 * one was: the place on the page, and the link that had been followed from there.
 */
import { useEffect, useState } from 'preact/hooks';

interface Arrival {
  /** By Back or Forward. */
  back: boolean;
  /** Pixels down the page. */
  place: number;
  /** The address one comes from. */
  from: string;
}

/* A screen that reads from storage grows to its height meanwhile. */
const GROW_MS = 3_000;

/** How far down the page one was, by the place in the session's history. */
const places = new Map<number, number>();
let here = 0;
let hash = location.hash;
let arrival: Arrival = { back: false, place: 0, from: '' };

/** Of this place in the session's history; a new one gets a new number. */
export const currentPlace = (): number => here;

function noteArrival(): void {
  const state = history.state as { place?: number } | null;
  /* Where one was a moment ago: the event that tells of scrolling may not have come yet. */
  places.set(here, window.scrollY);
  const back = state?.place !== undefined;
  here = state?.place ?? Date.now() + Math.random();
  if (!back) history.replaceState({ ...state, place: here }, '');
  arrival = { back, place: places.get(here) ?? 0, from: hash };
  hash = location.hash;
}

/** To be called once, before anything else hears of addresses. */
export function watchArrivals(): void {
  /* The browser would move the page before the screen that belongs there is drawn. */
  history.scrollRestoration = 'manual';
  noteArrival();
  arrival = { ...arrival, from: '' };
  window.addEventListener('hashchange', noteArrival);
  window.addEventListener('scroll', () => places.set(here, window.scrollY), { passive: true });
}

/** Once the page is long enough for it, unless the person has begun to move it. */
function returnTo({ place, from }: Arrival): () => void {
  const end = performance.now() + GROW_MS;
  const link = () =>
    [...document.querySelectorAll<HTMLElement>('#content a')].find((a) => a.getAttribute('href') === from);
  let over = false;
  const stop = () => {
    over = true;
  };
  const tryOnce = () => {
    if (over) return;
    const room = document.documentElement.scrollHeight - window.innerHeight;
    if (room < place && performance.now() < end) return requestAnimationFrame(tryOnce);
    link()?.focus({ preventScroll: true });
    window.scrollTo(0, place);
  };
  for (const type of ['wheel', 'touchstart', 'keydown'] as const) window.addEventListener(type, stop, { once: true });
  tryOnce();
  return stop;
}

/** `address` of the screen, and what the window is called there. */
export function useArrival(address: string, title: string): void {
  const [first] = useState(address);
  useEffect(() => {
    document.title = title;
  }, [title]);
  useEffect(() => {
    if (address === first && document.activeElement === document.body) return;
    document.getElementById('content')?.focus({ preventScroll: true });
    if (arrival.back) return returnTo(arrival);
    window.scrollTo(0, 0);
  }, [address, first]);
}
