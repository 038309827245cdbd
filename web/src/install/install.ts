/** Whether and how the app can be put on the home screen. */

/** `offered`: the browser can ask; `by-hand`: the person has to (iOS). */
export type Install = 'unknown' | 'offered' | 'by-hand' | 'installed';

interface InstallEvent extends Event {
  prompt(): Promise<{ outcome: 'accepted' | 'dismissed' }>;
}

let offer: InstallEvent | null = null;

/** Only Safari on iOS has this member; it is true in an installed app. */
const standalone = () => (navigator as { standalone?: boolean }).standalone;

export function watchInstall(onInstall: (install: Install) => void): void {
  if (matchMedia('(display-mode: standalone)').matches || standalone()) {
    onInstall('installed');
    return;
  }
  if (standalone() === false) onInstall('by-hand');
  window.addEventListener('beforeinstallprompt', (event) => {
    /* The browser's own bar would come at once; ours comes when there is an answer to like. */
    event.preventDefault();
    offer = event as InstallEvent;
    onInstall('offered');
  });
  window.addEventListener('appinstalled', () => onInstall('installed'));
}

/** Ask; an offer can be used once. */
export async function install(): Promise<void> {
  const asked = offer;
  offer = null;
  await asked?.prompt();
}
