/**
 * A simple body, seen from the front and from the back, to say where a spot is. Each place can be chosen on the
 * drawing; a list beside it says and does the same for whoever does not point.
 */

import { t, tIfAny } from '../text/i18n';
import type { PlainKey } from '../text/messages';
import { SITES, type Site } from './entry';

interface Props {
  site: Site;
  onChoose?: (site: Site) => void;
}

/** Outlines on a grid of 100 by 220, the person facing us; seen from the back, left and right change places. */
const HEAD = 'M50 6c8 0 12 6 12 14s-5 15-12 15-12-7-12-15 4-14 12-14z';
const NECK = 'M44 34h12v9H44z';
const UPPER = 'M32 46c5-3 9-3 12-3h12c3 0 7 0 12 3l1 32H31z';
const MIDDLE = 'M31 79h38l-1 22H32z';
const LOWER = 'M32 102h36l2 18H30z';
const ARM_A = 'M30 47c-6 2-9 6-10 14l-5 50h9l7-44z';
const HAND_A = 'M14 112h10l-2 16c-1 3-8 3-9 0z';
const LEG_A = 'M30 121h19l-2 76h-10z';
const FOOT_A = 'M36 198h11v10c0 3-14 4-16 1z';

interface Place {
  site: Site;
  path: string;
  mirrored?: boolean;
}

const both = (right: Site, left: Site, path: string): Place[] => [
  { site: right, path },
  { site: left, path, mirrored: true },
];

const LIMBS: [string, string, string][] = [
  ['rightArm', 'leftArm', ARM_A],
  ['rightHand', 'leftHand', HAND_A],
  ['rightLeg', 'leftLeg', LEG_A],
  ['rightFoot', 'leftFoot', FOOT_A],
];

const FRONT: Place[] = [
  ...[
    { site: 'head', path: HEAD },
    { site: 'neck', path: NECK },
    { site: 'chest', path: UPPER },
  ],
  ...[
    { site: 'belly', path: MIDDLE },
    { site: 'hips', path: LOWER },
  ],
  ...LIMBS.flatMap(([right, left, path]) => both(right, left, path)),
];

const BACK: Place[] = [
  ...[
    { site: 'head', path: HEAD },
    { site: 'neck', path: NECK },
    { site: 'back', path: UPPER },
  ],
  ...[
    { site: 'lowerBack', path: MIDDLE },
    { site: 'buttocks', path: LOWER },
  ],
  ...LIMBS.flatMap(([right, left, path]) => both(left, right, path)),
];

export const siteName = (site: Site): string => tIfAny(`site.${site}`) ?? '';

function Body({ places, site, title, onChoose }: Props & { places: Place[]; title: PlainKey }) {
  return (
    <figure class="body">
      <svg class="body-drawing" viewBox="0 0 100 214" aria-hidden="true">
        {places.map(({ site: id, path, mirrored }) => (
          /* biome-ignore lint/a11y/noStaticElementInteractions: the list beside it is the way for keyboards */
          <path
            key={path + mirrored}
            class={id === site ? 'body-place body-chosen' : 'body-place'}
            d={path}
            data-site={id}
            transform={mirrored ? 'matrix(-1 0 0 1 100 0)' : undefined}
            onClick={onChoose && (() => onChoose(id))}
          />
        ))}
      </svg>
      <figcaption class="aside">{t(title)}</figcaption>
    </figure>
  );
}

export function BodyMap({ site, onChoose }: Props) {
  const choose = onChoose ? { onChoose } : {};
  return (
    <div class="body-map">
      <Body places={FRONT} site={site} title="site.front" {...choose} />
      <Body places={BACK} site={site} title="site.behind" {...choose} />
    </div>
  );
}

export function SiteField({ site, onChoose }: Required<Props>) {
  return (
    <div class="site-field">
      <label class="field">
        <span class="field-name">{t('site.label')}</span>
        <select class="select" name="site" value={site} onChange={({ currentTarget: { value } }) => onChoose(value)}>
          <option value="">{t('site.none')}</option>
          {SITES.map((id) => (
            <option key={id} value={id}>
              {siteName(id)}
            </option>
          ))}
        </select>
      </label>
      <BodyMap site={site} onChoose={onChoose} />
    </div>
  );
}
