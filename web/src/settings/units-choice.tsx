/** The units in which the person measures spots. */

import type { Units } from '../preferences/preferences';
import { t } from '../text/i18n';

const UNITS = ['metric', 'imperial'] as const satisfies Units[];

export function UnitsChoice({ chosen, onChoose }: { chosen: Units; onChoose: (units: Units) => void }) {
  return (
    <fieldset class="block choices">
      <legend class="field-name">{t('settings.units')}</legend>
      {UNITS.map((units) => (
        <label key={units} class="choice">
          <input type="radio" name="units" value={units} checked={units === chosen} onChange={() => onChoose(units)} />
          {t(`settings.units.${units}`)}
        </label>
      ))}
    </fieldset>
  );
}
