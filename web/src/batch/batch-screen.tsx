/** Many photos at once: a table that fills, can be stopped, sorted and taken along. */

import { downloadFile } from '../download/download';
import { useRememberedState } from '../navigation/remembered-state';
import { href } from '../navigation/route';
import type { ScreenProps } from '../screen';
import { t } from '../text/i18n';
import { FileButton } from '../widgets/file-button';
import { Progress } from '../widgets/progress';
import { batchCsv, batchJson } from './export';
import { ORDERS, type Order, sorted } from './sort';
import type { BatchRow } from './state';
import { Table } from './table';
import { FILTERS, type Filter, hasPoints, hasSums, isOfMarked, PASSES, pointOf, standingOf } from './threshold';

export function BatchScreen({ state, actions }: ScreenProps) {
  const [order, setOrder] = useRememberedState<Order>('batch order', 'came');
  const [filter, setFilter] = useRememberedState<Filter>('batch filter', 'all');
  const { batch: rows, batchRunning } = state;
  const settled = rows.filter(({ state: { phase } }) => phase === 'done' || phase === 'failed').length;
  const point = (row: BatchRow) => pointOf(row, state.model, state.preferences.operatingPoint);
  const standing = (row: BatchRow) => standingOf(row, point(row));
  const inOrder = sorted(rows, order, standing);
  const shown = inOrder.filter((row) => PASSES[filter](row, standing(row)));
  const above = rows.filter((row) => standing(row) === 'above').length;
  const [sums, points] = [hasSums(state.model, rows), hasPoints(state.model)];
  const offered = <T extends Order | Filter>(values: readonly T[]) =>
    values.filter((one) => (points || one !== 'above') && (sums || one !== 'malignant'));
  const counts = { done: settled, count: rows.length };
  return (
    <div class="sheet batch" data-batch={batchRunning ? 'running' : 'still'}>
      <h2 class="display">{t('batch.heading')}</h2>
      <p class="lead">{t('batch.lead')}</p>
      <div class="batch-buttons">
        <FileButton name="files" variant={rows.length === 0 ? 'button-main' : ''} multiple onFiles={actions.addToBatch}>
          {t(rows.length === 0 ? 'batch.choose' : 'batch.more')}
        </FileButton>
        {/* One button, that stops and goes on: the focus stays on it. */}
        {(batchRunning || settled < rows.length) && (
          <button
            type="button"
            class={`button ${batchRunning ? 'batch-stop' : 'batch-go'}`}
            onClick={() => (batchRunning ? actions.stopBatch() : void actions.runBatch())}
          >
            {t(batchRunning ? 'batch.stop' : 'batch.go')}
          </button>
        )}
      </div>
      {batchRunning && <Progress label={t('batch.progress', counts)} share={settled / rows.length} />}
      <p class="unseen" role="status">
        {!batchRunning && rows.length > 0 && t('batch.settled', counts)}
      </p>
      {rows.length > 0 && (
        <>
          <div class="batch-buttons">
            <Choice
              name="order"
              label={t('batch.sort')}
              value={order}
              values={offered(ORDERS)}
              text={(one) => orderText(one, isOfMarked(state.model))}
              onChoose={setOrder}
            />
            <Choice
              name="filter"
              label={t('batch.filter')}
              value={filter}
              values={offered(FILTERS)}
              text={(one) => t(`batch.filter.${one}`)}
              onChoose={setFilter}
            />
            <Save
              name="csv"
              type="text/csv"
              content={() => batchCsv(inOrder, point, sums)}
              onSaved={actions.markBatchDownloaded}
            />
            <Save
              name="json"
              type="application/json"
              content={() => batchJson(inOrder, point)}
              onSaved={actions.markBatchDownloaded}
            />
            <button type="button" class="button button-small batch-clear" onClick={actions.clearBatch}>
              {t('batch.clear')}
            </button>
          </div>
          {points && (
            <p role="status" class="batch-count" data-above={above} data-shown={shown.length}>
              {t('batch.above', { count: above })}
            </p>
          )}
          <Table rows={shown} sums={sums} standing={standing} model={state.model} onOpen={actions.takeFile} />
        </>
      )}
      <p>
        <a class="back evaluate-way" href={href('evaluate')}>
          {t('evaluate.title')}
        </a>
      </p>
    </div>
  );
}

const orderText = (order: Order, marked: boolean) =>
  order === 'malignant' && marked ? t('batch.order.marked') : t(`batch.order.${order}`);

interface ChoiceProps<T extends string> {
  name: 'order' | 'filter';
  label: string;
  value: T;
  values: readonly T[];
  text: (value: T) => string;
  onChoose: (value: T) => void;
}

function Choice<T extends Order | Filter>({ name, label, value, values, text, onChoose }: ChoiceProps<T>) {
  return (
    <label class="field batch-choice">
      <span class="field-name">{label}</span>
      <select
        class="select"
        name={name}
        value={value}
        onChange={({ currentTarget }) => onChoose(values.find((one) => one === currentTarget.value) ?? value)}
      >
        {values.map((one) => (
          <option key={one} value={one}>
            {text(one)}
          </option>
        ))}
      </select>
    </label>
  );
}

interface SaveProps {
  name: 'csv' | 'json';
  type: string;
  content: () => string;
  onSaved: () => void;
}

function Save({ name, type, content, onSaved }: SaveProps) {
  const save = () =>
    void downloadFile(new Blob([content()], { type }), `lentigo.${name}`).then((saved) => saved && onSaved());
  return (
    <button type="button" class={`button button-small batch-${name}`} onClick={save}>
      {t(`batch.${name}`)}
    </button>
  );
}
