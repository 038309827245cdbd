/** The size of a spot as measured by the person, in the units chosen; stored in millimetres. */
import type { Units } from '../preferences/preferences';
import { decimal } from '../text/format';
import { t } from '../text/i18n';
import type { MessageKey, PlainKey } from '../text/messages';

interface Props {
  millimetres: number | null;
  units: Units;
  onChange: (millimetres: number | null) => void;
}

const SCALE = {
  metric: { unit: 1, step: '0.5', digits: 1, label: 'length.metric', value: 'length.metricValue' },
  imperial: { unit: 25.4, step: '0.01', digits: 2, label: 'length.imperial', value: 'length.imperialValue' },
} as const satisfies Record<Units, { unit: number; step: string; digits: number; label: PlainKey; value: MessageKey }>;

const MAX_MM = 1000;

export function lengthText(millimetres: number, units: Units): string {
  const { unit, digits, value } = SCALE[units];
  return t(value, { length: decimal(millimetres / unit, digits) });
}

export function LengthField({ millimetres, units, onChange }: Props) {
  const { unit, step, digits, label } = SCALE[units];
  return (
    <label class="field">
      <span class="field-name">{t(label)}</span>
      <input
        class="input"
        type="number"
        name="length"
        min="0"
        max={MAX_MM / unit}
        step={step}
        inputMode="decimal"
        value={millimetres === null ? '' : Number((millimetres / unit).toFixed(digits))}
        onInput={({ currentTarget: { valueAsNumber } }) =>
          onChange(Number.isFinite(valueAsNumber) ? Math.min(MAX_MM, Math.max(0, valueAsNumber * unit)) : null)
        }
      />
    </label>
  );
}
