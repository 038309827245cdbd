/** A row for each photo: what it looks like most, and the sum of the malignant kinds. */
import type { Actions } from '../actions';
import type { ModelInfo } from '../protocol/engine-messages';
import { list, percent } from '../text/format';
import { t, tIfAny } from '../text/i18n';
import { labelName, pictureName } from '../text/label-names';
import { BlobImage } from '../widgets/blob-image';
import type { BatchAnswer, BatchRow } from './state';
import { isOfMarked, type Standing } from './threshold';

interface Props {
  rows: BatchRow[];
  /** Of malignant classes, or of those that the person has marked. */
  sums: boolean;
  /** null until there is one. */
  model: ModelInfo | null;
  standing: (row: BatchRow) => Standing;
  onOpen: Actions['takeFile'];
}

/** A name may be broken after these signs, before it is broken anywhere. */
const PARTS = /(?<=[_\-.,()])/;

function FileName({ name }: { name: string }) {
  return (
    <>
      {name.split(PARTS).map((part, i) => (
        <span key={i}>
          {part}
          <wbr />
        </span>
      ))}
    </>
  );
}

function Found({ answer, model }: { answer: BatchAnswer; model: ModelInfo | null }) {
  const { decision, faults, notLesion, kind } = answer;
  const label = model?.labels.find(({ id }) => id === decision.order[0]);
  const doubts = [
    notLesion && t('batch.notLesion'),
    decision.abstain && t('batch.unsure'),
    ...faults.map((fault) => tIfAny(`batch.fault.${fault}`) ?? fault),
  ].filter((doubt) => doubt !== false);
  return (
    <>
      {doubts.length > 0 && <span class="batch-doubt">{list(doubts)}</span>}
      <span>
        {label ? labelName(label) : decision.order[0]} {percent(decision.probabilities[decision.order[0] ?? ''] ?? 0)}
      </span>
      {kind !== null && <span class="batch-kind">{pictureName(kind, model?.kinds ?? [])}</span>}
    </>
  );
}

function Row({ row, sums, standing, model, onOpen }: Omit<Props, 'rows'> & { row: BatchRow }) {
  const { file, thumbnail, state } = row;
  const above = standing(row) === 'above';
  return (
    <tr
      class="batch-row"
      data-phase={state.phase}
      data-above={above}
      data-fault={state.phase === 'failed' ? state.failure.code : undefined}
    >
      <th scope="row">
        <div class="batch-photo">
          {thumbnail ? <BlobImage blob={thumbnail} alt="" class="batch-picture" /> : <span class="batch-blank" />}
          <button type="button" class="batch-name" translate={false} onClick={() => onOpen(file)}>
            <FileName name={file.name} />
          </button>
        </div>
      </th>
      <td>
        {state.phase === 'done' && <Found answer={state.answer} model={model} />}
        {state.phase === 'failed' && (
          <span class="batch-failed">{tIfAny(`fault.${state.failure.code}`) ?? t('fault.crash')}</span>
        )}
        {(state.phase === 'waiting' || state.phase === 'working') && t(`batch.${state.phase}`)}
      </td>
      {sums && (
        <td class="batch-number">
          {state.phase === 'done' && percent(state.answer.decision.malignant)}
          {above && (
            <span class="batch-above">
              <span aria-hidden="true">▲ </span>
              {t('batch.aboveThreshold')}
            </span>
          )}
        </td>
      )}
    </tr>
  );
}

export function Table({ rows, ...rest }: Props) {
  return (
    <table class="batch-table">
      <caption class="unseen">{t('batch.heading')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('batch.photo')}</th>
          <th scope="col">{t('batch.answer')}</th>
          {rest.sums && (
            <th scope="col" class="batch-number">
              {t(isOfMarked(rest.model) ? 'batch.marked' : 'batch.malignant')}
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.id} row={row} {...rest} />
        ))}
      </tbody>
    </table>
  );
}
