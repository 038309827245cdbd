/** A model file of the person's own: opened, described, asked about what it does not say, and kept. */

import { useEffect, useRef } from 'preact/hooks';
import type { Actions } from '../actions';
import type { Described, Stated } from '../protocol/engine-messages';
import type { Failure } from '../protocol/fault';
import { bytes, list } from '../text/format';
import { t } from '../text/i18n';
import { FactList } from '../widgets/fact-list';
import { FileButton } from '../widgets/file-button';
import { Progress } from '../widgets/progress';
import { Verbatim } from '../widgets/verbatim';
import { OwnFailure, OwnModelForm } from './own-model-form';
import type { Opened } from './state';

/** Android's picker knows files by their type alone, and has none for these. */
const MODEL_FILES = '.tflite,application/octet-stream';

interface Props {
  opened: Opened;
  actions: Actions;
}

export function OwnModel({ opened, actions }: Props) {
  const section = useRef<HTMLElement>(null);
  const phase = opened?.phase ?? 'none';
  useEffect(() => {
    if (phase !== 'none') section.current?.scrollIntoView({ block: 'nearest' });
  }, [phase]);
  return (
    <section class="block own-model" ref={section} data-opened={phase}>
      <h3 class="field-name">{t('own.heading')}</h3>
      <p>{t('own.lead')}</p>
      <div class="button-row">
        <FileButton
          name="model-file"
          variant="button-small"
          accept={MODEL_FILES}
          onFiles={([file]) => file && actions.openModel(file)}
        >
          {t('own.open')}
        </FileButton>
      </div>
      {phase === 'checking' && <Progress label={t('own.checking')} share={null} />}
      {opened?.phase === 'failed' && <OwnFailure failure={opened.failure} />}
      {opened?.phase === 'kept' && <p role="status">{t('own.kept', { name: opened.name })}</p>}
      {opened && 'model' in opened && <Asking model={opened.model} failure={opened.failure} actions={actions} />}
      {phase === 'keeping' && <Progress label={t('own.keeping')} share={null} />}
    </section>
  );
}

function Asking({ model, failure, actions }: { model: Described; failure: Failure | null; actions: Actions }) {
  const keep = (stated: Stated) => void actions.withModels((work) => work.keep(stated));
  return (
    <>
      <h4 class="card-name" translate={false}>
        {model.name}
      </h4>
      <Facts model={model} />
      {model.kept ? (
        <p role="status">{t('own.already')}</p>
      ) : (
        <OwnModelForm
          model={model}
          failure={failure}
          onKeep={keep}
          onCancel={() => void actions.withModels((work) => work.close())}
        />
      )}
    </>
  );
}

/** What the engine says of a file that names no version. */
const NO_VERSION = '0.0.0';
/** Of thousands of classes, so many are named. */
const MOST_NAMES = 12;

function classesOf({ labels, unsaid }: Described): string {
  const count = t('format.number', { value: labels.length });
  if (unsaid.includes('labels')) return count;
  const names = labels.slice(0, MOST_NAMES).map(({ name }) => name);
  return `${count}: ${list(labels.length > MOST_NAMES ? [...names, '…'] : names)}`;
}

function Facts({ model }: { model: Described }) {
  const { version, width, height, kernels, licence, attribution, sha256 } = model;
  const facts: [string, string][] = [
    [t('own.version'), version === NO_VERSION ? t('own.unstated') : version],
    [t('model.size'), bytes(model.bytes)],
    [t('own.input'), t('details.sizeValue', { width, height })],
    [t('own.classes'), classesOf(model)],
    [t('details.kernels'), list(kernels.map(({ name, operators }) => `${name} × ${operators}`))],
    [t('model.licence'), licence || t('own.unstated')],
    [t('own.author'), attribution || t('own.unstated')],
    [t('model.hash'), sha256],
  ];
  return <FactList facts={facts.map(([name, value]) => [name, <Verbatim key={name} text={value} />])} />;
}
