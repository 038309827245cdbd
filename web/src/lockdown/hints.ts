/**
 * Hints to the browser to look up another site's name, or to connect to it, before anything is asked of it: no
 * directive of the policy is about them, and a name can hold text. No element gets such an attribute.
 */
import { getter, members, mentions, prototypeOf, type Realm, surroundAll } from './realm';

const HINTS = ['preconnect', 'dns-prefetch'];

const ATTRIBUTES = members(
  'Element.setAttribute Element.setAttributeNS Element.setAttributeNode Element.setAttributeNodeNS ' +
    'NamedNodeMap.setNamedItem NamedNodeMap.setNamedItemNS Attr.value HTMLLinkElement.rel ' +
    'DOMTokenList.add DOMTokenList.toggle DOMTokenList.replace DOMTokenList.value',
);
const TEXTS = members('Node.nodeValue Node.textContent');

export function lockHints(realm: Realm): void {
  const valueIn = getter(prototypeOf(realm, 'Attr'), 'value');
  const before = (_: unknown, args: unknown[]) => {
    for (let i = 0; i < args.length; i++) {
      const given = args[i];
      const attribute = valueIn(given);
      const text = `${attribute ?? given}`;
      if (mentions(text, HINTS)) throw new TypeError('this page connects to nobody');
      /* Made text once, so that it cannot read otherwise a second time. */
      if (typeof given === 'object' && given !== null && attribute === undefined) args[i] = text;
    }
  };
  surroundAll(realm, ATTRIBUTES, { before });
  /* These write an attribute's value, too, when they are an attribute's. */
  const ofAttribute = (node: unknown, args: unknown[]) => {
    if (valueIn(node) !== undefined) before(node, args);
  };
  surroundAll(realm, TEXTS, { before: ofAttribute });
}
