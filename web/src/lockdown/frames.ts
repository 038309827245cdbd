/**
 * Frames: each would be a window with everything in it that the lockdown has taken from this one. The app has none. One
 * that a script puts in is locked down before the script gets hold of it, and gone once it has loaded.
 */
import {
  apply,
  defineProperty,
  each,
  getter,
  members,
  mentions,
  prototypeOf,
  type Realm,
  surround,
  surroundAll,
} from './realm';

const FRAMES = ['iframe', 'frame', 'object', 'embed', 'fencedframe'];
const ANY_FRAME = FRAMES.join();
/** As their names are looked for in one name; and in markup, with what else does not belong there. */
const PADDED = FRAMES.map((name) => ` ${name} `);
const IN_MARKUP = [...FRAMES, 'link', 'meta', 'template'].map((name) => `<${name}`);

/** What puts nodes into its target. */
const INTO = members(
  'Node.appendChild Node.insertBefore Node.replaceChild Element.append Element.prepend Element.replaceChildren ' +
    'Document.append Document.prepend Document.replaceChildren ' +
    'DocumentFragment.append DocumentFragment.prepend DocumentFragment.replaceChildren',
);
/** What puts them beside it. */
const BESIDE = members(
  'Element.before Element.after Element.replaceWith CharacterData.before CharacterData.after ' +
    'CharacterData.replaceWith DocumentType.before DocumentType.after DocumentType.replaceWith',
);
/** What puts in something that may hold a frame which was taken out with it. */
const OTHER = members(
  'Element.insertAdjacentElement Element.moveBefore Document.moveBefore DocumentFragment.moveBefore ' +
    'Range.insertNode Range.surroundContents HTMLTableElement.caption HTMLTableElement.tHead HTMLTableElement.tFoot ' +
    'HTMLSelectElement.add HTMLOptionsCollection.add Document.body',
);
/** What makes nodes of text. Where the browser knows Trusted Types it refuses these itself. */
const PARSERS = members(
  'Element.innerHTML Element.outerHTML Element.insertAdjacentHTML Element.setHTMLUnsafe ' +
    'Range.createContextualFragment DOMParser.parseFromString',
);
/** What the app never needs, and what would let a script run in the midst of all that. */
const NEVER = members(
  'Document.write Document.writeln Document.execCommand Element.attachShadow CustomElementRegistry.define',
);
const WINDOWS = members(
  'HTMLIFrameElement.contentWindow HTMLIFrameElement.contentDocument HTMLFrameElement.contentWindow ' +
    'HTMLFrameElement.contentDocument HTMLObjectElement.contentWindow HTMLObjectElement.contentDocument',
);

const localName = getter(Element.prototype, 'localName');
const parentOf = getter(Node.prototype, 'parentNode');
const bodyOf = getter(Document.prototype, 'body');
const { querySelector, remove } = Element.prototype;
const inFragment = DocumentFragment.prototype.querySelector;
const { addEventListener } = EventTarget.prototype;
const { has, add } = WeakSet.prototype;

const isFrame = (node: unknown) => mentions(` ${localName(node)} `, PADDED);

function holdsFrame(node: unknown): boolean {
  if (typeof node !== 'object' || node === null) return false;
  if (isFrame(node)) return true;
  try {
    const query = localName(node) === undefined ? inFragment : querySelector;
    return apply(query, node as Element & DocumentFragment, [ANY_FRAME]) !== null;
  } catch {
    /* Text, and what is no node at all. */
    return false;
  }
}

function refuse(): never {
  throw new TypeError('this page has no frames');
}

function refuseFrames(nodes: unknown[]): void {
  each(nodes, (node) => {
    if (holdsFrame(node)) refuse();
  });
}

/** Each argument is made text once, so that it cannot read otherwise a second time. */
function refuseMarkup(_: unknown, args: unknown[]): void {
  for (let i = 0; i < args.length; i++) {
    const text = `${args[i]}`;
    if (mentions(text, IN_MARKUP)) refuse();
    args[i] = text;
  }
}

const locked = new WeakSet();

/** Lock the windows of the frames that are in `realm`, at once. */
function lockInner(realm: Realm, lock: (inner: Realm) => void): void {
  for (let i = 0; i < realm.length; i++)
    try {
      /* Another site's window says nothing of itself, and gives nothing away. */
      const inner = realm[i] as Realm;
      const { document } = inner;
      if (apply(has, locked, [document])) continue;
      apply(add, locked, [document]);
      lock(inner);
    } catch {}
}

export function lockFrames(realm: Realm, outermost: boolean, lock: (inner: Realm) => void): void {
  const { document } = realm;
  const after = () => lockInner(realm, lock);
  /* A frame may stand right below the body alone: nothing can carry it along from there but the body. */
  const into = (parent: unknown, nodes: unknown[]) => {
    if (!outermost || parent !== bodyOf(document)) refuseFrames(nodes);
  };
  surroundAll(realm, INTO, { before: into, after });
  surroundAll(realm, BESIDE, { before: (node, nodes) => into(parentOf(node), nodes), after });
  surroundAll(realm, OTHER, { before: (_, nodes) => refuseFrames(nodes), after });
  surroundAll(realm, PARSERS, { before: refuseMarkup, after });
  surroundAll(realm, NEVER, { before: refuse });
  surround(realm.Document, 'parseHTMLUnsafe', { before: refuseMarkup });
  each(WINDOWS, (member) => {
    defineProperty(prototypeOf(realm, member[0]), member[1], { get: () => null, configurable: false });
  });
  const loaded = ({ target }: Event) => {
    after();
    if (isFrame(target)) apply(remove, target as Element, []);
  };
  apply(addEventListener, document, ['load', loaded, true]);
}
