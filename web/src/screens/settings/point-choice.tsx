/** Which of the model's marks on the malignant sum is used. */
import type { OperatingPoint } from '../../shared/messages';
import { percent } from '../../text/format';
import { t } from '../../text/i18n';

interface Props {
  points: OperatingPoint[];
  /** null: the model's own, which comes first. */
  chosen: string | null;
  onChoose: (name: string | null) => void;
}

export function PointChoice({ points, chosen, onChoose }: Props) {
  if (points.length < 2) return null;
  const current = points.some(({ name }) => name === chosen) ? chosen : points[0]?.name;
  return (
    <fieldset class="block choices">
      <legend class="field-name">{t('settings.point')}</legend>
      <p class="aside">{t('settings.pointLead')}</p>
      {points.map(({ name, threshold, figures }, i) => (
        <label key={name} class="choice">
          <input
            type="radio"
            name="point"
            value={name}
            checked={name === current}
            onChange={() => onChoose(i === 0 ? null : name)}
          />
          <span>
            {t(i === 0 ? 'settings.pointOwn' : 'settings.pointAt', { share: percent(threshold) })}
            {figures && (
              <span class="aside choice-note">
                {t('settings.pointFigures', {
                  found: Math.round(figures.sensitivity * 100),
                  spared: Math.round(figures.specificity * 100),
                })}
              </span>
            )}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
