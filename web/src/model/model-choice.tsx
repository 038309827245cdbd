/** One of the models on this device, as for the photo at hand. */
import type { KeptModel } from '../protocol/engine-messages';
import { shortHash } from '../text/format';
import { t } from '../text/i18n';

interface Props {
  name: string;
  models: KeptModel[];
  /** SHA-256. */
  chosen: string;
  onChoose: (model: string) => void;
}

export function ModelChoice({ name, models, chosen, onChoose }: Props) {
  return (
    <label class="field">
      <span class="field-name">{t('details.model')}</span>
      <select
        class="select"
        name={name}
        value={chosen}
        onChange={({ currentTarget: { value } }) => onChoose(value)}
        translate={false}
      >
        {models.map(({ id, version, sha256 }) => (
          <option key={sha256} value={sha256}>
            {id} {version} ({shortHash(sha256)})
          </option>
        ))}
      </select>
    </label>
  );
}
