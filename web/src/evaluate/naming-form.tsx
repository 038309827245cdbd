/** Which class of the model is meant by each diagnosis. */
import { useState } from 'preact/hooks';
import type { Label } from '../protocol/engine-messages';
import { byName } from '../text/format';
import { t } from '../text/i18n';
import { labelName } from '../text/label-names';
import { guessClass, type Naming } from './run';
import type { Case } from './sources';

interface Props {
  cases: Case[];
  labels: Label[];
  onStart: (naming: Naming) => void;
}

function guessAll(cases: Case[], labels: Label[]): Naming {
  const names = labels.map((label) => ({ id: label.id, names: [label.name, labelName(label)] }));
  const diagnoses = [...new Set(cases.map(({ diagnosis }) => diagnosis))].sort(byName);
  return new Map(diagnoses.map((diagnosis) => [diagnosis, guessClass(diagnosis, names)]));
}

export function NamingForm({ cases, labels, onStart }: Props) {
  const [naming, setNaming] = useState(() => guessAll(cases, labels));
  const count = (diagnosis: string) => cases.filter((one) => one.diagnosis === diagnosis).length;
  const taken = cases.filter(({ diagnosis }) => naming.get(diagnosis)).length;
  const start = (event: Event) => {
    event.preventDefault();
    if (taken > 0) onStart(naming);
  };
  return (
    <form class="form evaluate-naming" onSubmit={start}>
      <h3 class="small-heading">{t('evaluate.namingHeading')}</h3>
      <p>{t('evaluate.namingLead')}</p>
      {[...naming].map(([diagnosis, id]) => (
        <label class="field" key={diagnosis}>
          <span class="field-name">
            {t('evaluate.diagnosis', { name: diagnosis || t('evaluate.unnamed'), number: count(diagnosis) })}
          </span>
          <select
            class="select"
            name={`naming ${diagnosis}`}
            value={id ?? ''}
            onChange={({ currentTarget: { value } }) => setNaming(new Map(naming).set(diagnosis, value || null))}
          >
            <option value="">{t('evaluate.leave')}</option>
            {labels.map((label) => (
              <option key={label.id} value={label.id}>
                {labelName(label)}
              </option>
            ))}
          </select>
        </label>
      ))}
      <p id="evaluate-none" role="status">
        {taken === 0 && t('evaluate.noneTaken')}
      </p>
      <button
        type="submit"
        class="button button-main evaluate-start"
        aria-disabled={taken === 0}
        aria-describedby="evaluate-none"
      >
        {t('evaluate.start', { count: taken })}
      </button>
    </form>
  );
}
