/** Ways that no content policy is about, and whether the page's first script (lockdown/) has closed them. */
import type { ProbeResult, WayName } from '../probe/probe';

const ELSEWHERE = 'https://leave.example.invalid/';

function isThere(name: string): boolean {
  return typeof (globalThis as Record<string, unknown>)[name] === 'function';
}

/** A frame's own window, as a script would come by it. */
function innerHasCalls(): boolean {
  const frame = document.createElement('iframe');
  /* The browser refuses the address, and so does not reuse what is there before. */
  Object.assign(frame, { src: 'https://inner.example.invalid/', hidden: true });
  document.body.append(frame);
  const inner = window[window.length - 1] as Partial<Window & typeof globalThis> | undefined;
  const there = typeof inner?.RTCPeerConnection === 'function';
  frame.remove();
  return there;
}

function opensWindow(): boolean {
  const opened = window.open('about:blank');
  opened?.close();
  return opened !== null;
}

/** Begin to leave; what the first script has not held is held here, so the page stays in any case. */
function canLeave(): boolean {
  const { navigation } = window as { navigation?: EventTarget };
  if (!navigation) return true;
  let held = false;
  const hold = (event: Event) => {
    held = event.defaultPrevented;
    event.preventDefault();
  };
  navigation.addEventListener('navigate', hold);
  try {
    location.href = ELSEWHERE;
  } finally {
    navigation.removeEventListener('navigate', hold);
  }
  return !held;
}

function connectsAhead(): boolean {
  try {
    document.createElement('link').rel = 'preconnect';
    return true;
  } catch {
    return false;
  }
}

const OPEN: [WayName, () => boolean][] = [
  ['call', () => isThere('RTCPeerConnection') || isThere('webkitRTCPeerConnection')],
  ['inner', innerHasCalls],
  ['window', opensWindow],
  ['leave', canLeave],
  ['ahead', connectsAhead],
];

export const tryClosed = (): ProbeResult[] =>
  OPEN.map(([way, isOpen]) => ({ way, outcome: isOpen() ? 'open' : 'closed', directive: '' }));
