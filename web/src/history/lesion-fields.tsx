/** What a lesion is known by: its name, and where on the body it is. */
import { t } from '../text/i18n';
import { SiteField } from './body-map';
import type { Site } from './entry';

/* Characters: as much as a line of a list shows on a large screen. */
const MAX_NAME = 120;

interface Props {
  name: string;
  site: Site;
  onName: (name: string) => void;
  onSite: (site: Site) => void;
}

export function LesionFields({ name, site, onName, onSite }: Props) {
  return (
    <>
      <label class="field">
        <span class="field-name">{t('save.name')}</span>
        <input
          class="input"
          name="name"
          maxLength={MAX_NAME}
          value={name}
          onInput={({ currentTarget: { value } }) => onName(value)}
        />
      </label>
      <SiteField site={site} onChoose={onSite} />
    </>
  );
}
