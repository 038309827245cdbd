/**
 * The first script of the page, in the page's own file: it runs before any other, and for good closes ways out that
 * no content policy closes. Peer connections send packets to any host; a window or frame of its own would have
 * them afresh; a script can lead the page itself away, or have a name looked up that holds text. It is no wall, only
 * what can be had in a page: README and the privacy page say what is left.
 */
import { lockFrames } from './frames';
import { lockHints } from './hints';
import { lockNavigation } from './navigation';
import { defineProperty, each, fix, prototypeOf, type Realm } from './realm';

/** Each reaches past the content policy, or makes a window that does. */
const CLOSED = [
  'RTCPeerConnection',
  'webkitRTCPeerConnection',
  'mozRTCPeerConnection',
  'RTCIceTransport',
  'WebTransport',
  'WebSocketStream',
  'PresentationRequest',
  'documentPictureInPicture',
  'XSLTProcessor',
  'cookieStore',
];

function lock(realm: Realm, outermost: boolean): void {
  each(CLOSED, (name) => name in realm && fix(realm, name, undefined));
  fix(realm, 'open', () => null);
  /* A cookie would go along with every request to the host. */
  defineProperty(prototypeOf(realm, 'Document'), 'cookie', { get: () => '', set: () => undefined });
  lockFrames(realm, outermost, (inner) => lock(inner, false));
  lockHints(realm);
  lockNavigation(realm);
}

lock(window, true);
