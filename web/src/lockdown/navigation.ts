/**
 * A script can lead the whole page to another address, with text in it. Browsers with the Navigation API ask first: only
 * the person's own taps lead away, and downloads of what the page has made itself. The others cannot be stopped.
 */
import { apply, getter, prototypeOf, type Realm, surround } from './realm';

const { indexOf, slice, startsWith } = String.prototype;
const { preventDefault } = Event.prototype;
const { addEventListener } = EventTarget.prototype;
const { closest } = Element.prototype;
const hrefOf = getter(HTMLAnchorElement.prototype, 'href');

function withoutHash(address: string): string {
  const at = apply(indexOf, address, ['#']);
  return at < 0 ? address : apply(slice, address, [0, at]);
}

const isBlob = (address: string) => apply(startsWith, address, ['blob:']);

export function lockNavigation(realm: Realm): void {
  const { location } = realm;
  const isHere = (address: string) => withoutHash(address) === withoutHash(location.href);
  lockClicks(realm, (address) => isHere(address) || isBlob(address));
  const { navigation } = realm as { navigation?: EventTarget };
  if (!navigation) return;
  const event = prototypeOf(realm, 'NavigateEvent');
  const destination = getter(event, 'destination');
  const url = getter(prototypeOf(realm, 'NavigationDestination'), 'url');
  const kind = getter(event, 'navigationType');
  const byPerson = getter(event, 'userInitiated');
  const download = getter(event, 'downloadRequest');
  const hold = (asked: Event) => {
    const address = `${url(destination(asked))}`;
    const own = isHere(address) || (isBlob(address) && download(asked) !== null);
    if (!own && byPerson(asked) !== true && kind(asked) !== 'traverse') apply(preventDefault, asked, []);
  };
  apply(addEventListener, navigation, ['navigate', hold as EventListener]);
}

/** A click that a script makes may open another window, of which the page is not asked. */
function lockClicks(realm: Realm, mayFollow: (address: string) => boolean): void {
  const typeOf = getter(prototypeOf(realm, 'Event'), 'type');
  const follow = (target: unknown) => {
    let link: unknown = null;
    try {
      link = apply(closest, target as Element, ['a,area']);
    } catch {}
    const address = link === null ? undefined : hrefOf(link);
    if (link !== null && address !== '' && !mayFollow(`${address}`)) throw new TypeError('only a person follows links');
  };
  surround(prototypeOf(realm, 'HTMLElement'), 'click', { before: follow });
  surround(prototypeOf(realm, 'EventTarget'), 'dispatchEvent', {
    before: (target, [event]) => typeOf(event) === 'click' && follow(target),
  });
}
