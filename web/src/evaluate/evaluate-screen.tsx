/** How the model does on pictures of the person's own whose diagnosis is known: all on this device. */
import { useRef, useState } from 'preact/hooks';
import { isOfLesions } from '../answer/decision';
import { downloadFile } from '../download/download';
import { href } from '../navigation/route';
import { type Failure, toFailure } from '../protocol/fault';
import type { ScreenProps } from '../screen';
import { t } from '../text/i18n';
import { Notice } from '../widgets/notice';
import { Progress } from '../widgets/progress';
import type { AllFigures } from './figures';
import { FiguresView } from './figures-view';
import { NamingForm } from './naming-form';
import { evaluate, type Naming, type Outcome } from './run';
import { type Case, casesOf } from './sources';

type Phase =
  | { at: 'choosing' }
  | { at: 'reading' }
  | { at: 'naming'; cases: Case[] }
  | { at: 'running'; done: number; count: number; stop: AbortController }
  | { at: 'done'; outcome: Outcome };

/** What has been computed stays while other screens are looked at. */
let lastPhase: Phase = { at: 'choosing' };

function usePhase() {
  const [phase, show] = useState<Phase>(lastPhase);
  return [
    phase,
    (next: Phase) => {
      lastPhase = next;
      show(next);
    },
  ] as const;
}

export function EvaluateScreen({ state, actions }: ScreenProps) {
  const [phase, setPhase] = usePhase();
  const [failure, setFailure] = useState<Failure | null>(null);

  const fail = (error: unknown) => {
    setFailure(toFailure(error));
    setPhase({ at: 'choosing' });
  };
  const take = (files: File[]) => {
    setFailure(null);
    setPhase({ at: 'reading' });
    casesOf(files).then((cases) => setPhase({ at: 'naming', cases }), fail);
  };
  const run = (cases: Case[], naming: Naming) => {
    const stop = new AbortController();
    const tell = (done: number) => setPhase({ at: 'running', done, count: cases.length, stop });
    tell(0);
    const engine = actions.equip((tools) => tools.engine);
    evaluate(engine, cases, naming, stop.signal, tell).then((outcome) => setPhase({ at: 'done', outcome }), fail);
  };

  return (
    <div class="sheet evaluate" data-phase={phase.at}>
      <h2 class="display">{t('evaluate.title')}</h2>
      <p class="lead">{t('evaluate.lead')}</p>
      {failure && <Notice failure={failure} />}
      {state.model && !isOfLesions(state.model) ? (
        <p data-not-measured>{t('general.notMeasured')}</p>
      ) : (
        (phase.at === 'choosing' || phase.at === 'done') && <Choosing onFiles={take} />
      )}
      {phase.at === 'reading' && <Progress label={t('evaluate.reading')} share={null} />}
      {phase.at === 'naming' && state.model && (
        <NamingForm cases={phase.cases} labels={state.model.labels} onStart={(naming) => run(phase.cases, naming)} />
      )}
      {phase.at === 'naming' && !state.model && <Progress label={t('evaluate.waiting')} share={null} />}
      {phase.at === 'running' && (
        <>
          <Progress
            label={t('batch.progress', { done: phase.done, count: phase.count })}
            share={phase.done / phase.count}
          />
          <button type="button" class="button" onClick={() => phase.stop.abort()}>
            {t('batch.stop')}
          </button>
        </>
      )}
      {phase.at === 'done' && <Result outcome={phase.outcome} />}
      <p class="aside">
        <a class="back" href={href('batch')}>
          {t('batch.title')}
        </a>
      </p>
    </div>
  );
}

function Choosing({ onFiles }: { onFiles: (files: File[]) => void }) {
  /* Not every browser can take a folder. */
  const folders = 'webkitdirectory' in HTMLInputElement.prototype;
  return (
    <section class="block">
      <h3 class="small-heading">{t('evaluate.chooseHeading')}</h3>
      <ul class="evaluate-how">
        <li>{t('evaluate.howFolders')}</li>
        <li>{t('evaluate.howCsv')}</li>
      </ul>
      <div class="batch-buttons">
        {folders && (
          <Choice name="folder" folder onFiles={onFiles}>
            {t('evaluate.folder')}
          </Choice>
        )}
        <Choice name="files" onFiles={onFiles}>
          {t('evaluate.files')}
        </Choice>
      </div>
    </section>
  );
}

interface ChoiceProps {
  name: string;
  folder?: boolean;
  children: string;
  onFiles: (files: File[]) => void;
}

function Choice({ name, folder = false, children, onFiles }: ChoiceProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        name={`evaluate-${name}`}
        multiple
        hidden
        {...(folder ? { webkitdirectory: true } : { accept: 'image/*,.zip,.csv,.tsv' })}
        onChange={({ currentTarget }) => {
          const files = [...(currentTarget.files ?? [])];
          currentTarget.value = '';
          if (files.length > 0) onFiles(files);
        }}
      />
      <button type="button" class={`button evaluate-${name}`} onClick={() => input.current?.click()}>
        {children}
      </button>
    </>
  );
}

function Result({ outcome: { files, missed, leftOut, model } }: { outcome: Outcome }) {
  const figures = JSON.parse(files.json) as AllFigures;
  const save = (content: string, type: string, name: string) => void downloadFile(new Blob([content], { type }), name);
  return (
    <>
      <div class="batch-buttons evaluate-save">
        <button
          type="button"
          class="button button-small evaluate-csv"
          onClick={() => save(files.csv, 'text/csv', 'lentigo-figures.csv')}
        >
          {t('batch.csv')}
        </button>
        <button
          type="button"
          class="button button-small evaluate-json"
          onClick={() => save(`${files.json}\n`, 'application/json', 'lentigo-figures.json')}
        >
          {t('batch.json')}
        </button>
      </div>
      {(leftOut > 0 || missed.length > 0) && (
        <section class="block">
          {leftOut > 0 && <p>{t('evaluate.leftOut', { count: leftOut })}</p>}
          {missed.length > 0 && (
            <details>
              <summary>{t('evaluate.missed', { count: missed.length })}</summary>
              <ul translate={false} dir="ltr">
                {missed.map(({ name, failure }) => (
                  <li key={name}>{`${name}: ${failure.code}`}</li>
                ))}
              </ul>
            </details>
          )}
        </section>
      )}
      <FiguresView figures={figures} model={model} />
    </>
  );
}
