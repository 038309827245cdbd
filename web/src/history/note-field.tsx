/** A note on a photo, in the person's own words. */
import { t } from '../text/i18n';

interface Props {
  note: string;
  onChange: (note: string) => void;
}

export function NoteField({ note, onChange }: Props) {
  return (
    <label class="field">
      <span class="field-name">{t('save.note')}</span>
      <textarea
        class="input"
        name="note"
        rows={3}
        maxLength={2000}
        value={note}
        onInput={({ currentTarget: { value } }) => onChange(value)}
      />
    </label>
  );
}
