/** Which of the model's thresholds on the malignant sum is used: the one of a name, at its own place for each kind of picture. */

import { pointFor } from '../answer/operating-point';
import type { OperatingPoint, PictureKind } from '../protocol/engine-messages';
import { and, percent } from '../text/format';
import { t } from '../text/i18n';
import { pictureName } from '../text/label-names';

interface Props {
  kinds: PictureKind[];
  /** null: the model's own, which comes first. */
  chosen: string | null;
  onChoose: (name: string | null) => void;
}

interface Option {
  name: string;
  /** The threshold of that name for each kind that has one. */
  thresholds: { kind: PictureKind; point: OperatingPoint }[];
}

/** The model's own first, which each kind has at its first place. */
function optionsOf(kinds: PictureKind[]): Option[] {
  const own = kinds[0]?.points[0]?.name ?? '';
  const names = new Set(kinds.flatMap(({ points }) => points.map(({ name }) => name)));
  return [own, ...[...names].filter((name) => name !== own)].map((name) => ({
    name,
    thresholds: kinds.flatMap((kind) => {
      const point = pointFor(kind.points, name);
      return point ? { kind, point } : [];
    }),
  }));
}

export function PointChoice({ kinds, chosen, onChoose }: Props) {
  const options = optionsOf(kinds);
  if (options.length < 2) return null;
  const current = options.some(({ name }) => name === chosen) ? chosen : options[0]?.name;
  return (
    <fieldset class="block choices">
      <legend class="field-name">{t('settings.point')}</legend>
      <p class="aside">{t('settings.pointLead')}</p>
      {options.map(({ name, thresholds }, i) => (
        <label key={name} class="choice">
          <input
            type="radio"
            name="point"
            value={name}
            checked={name === current}
            onChange={() => onChoose(i === 0 ? null : name)}
          />
          <span>
            {t(i === 0 ? 'settings.pointOwn' : 'settings.pointAt', {
              share: and(thresholds.map(({ point }) => percent(point.threshold))),
            })}
            {thresholds.map((one) => (
              <Note key={one.kind.id} {...one} named={kinds.length > 1} />
            ))}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function Note({ kind, point: { figures }, named }: Option['thresholds'][number] & { named: boolean }) {
  if (!figures) return null;
  return (
    <span class="aside choice-note">
      {named && <span class="choice-kind">{pictureName(kind.id, [kind])}: </span>}
      {t('settings.pointFigures', {
        found: Math.round(figures.sensitivity * 100),
        spared: Math.round(figures.specificity * 100),
      })}
    </span>
  );
}
