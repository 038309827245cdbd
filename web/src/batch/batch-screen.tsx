/** Many photos at once: a table that fills, can be stopped, sorted and taken along. */

import { downloadFile } from '../download/download';
import { useRememberedState } from '../navigation/remembered-state';
import type { ScreenProps } from '../screen';
import { t } from '../text/i18n';
import { FileButton } from '../widgets/file-button';
import { Progress } from '../widgets/progress';
import { batchCsv, batchJson } from './export';
import { ORDERS, type Order, sorted } from './sort';
import { Table } from './table';

export function BatchScreen({ state, actions }: ScreenProps) {
  const [order, setOrder] = useRememberedState<Order>('batch order', 'came');
  const { batch: rows, batchRunning } = state;
  const settled = rows.filter(({ state: { phase } }) => phase === 'done' || phase === 'failed').length;
  const inOrder = sorted(rows, order);
  const counts = { done: settled, count: rows.length };
  return (
    <div class="sheet batch" data-batch={batchRunning ? 'running' : 'still'}>
      <h2 class="display">{t('batch.heading')}</h2>
      <p class="lead">{t('batch.lead')}</p>
      <div class="batch-buttons">
        <FileButton name="files" variant={rows.length === 0 ? 'button-main' : ''} multiple onFiles={actions.addToBatch}>
          {t(rows.length === 0 ? 'batch.choose' : 'batch.more')}
        </FileButton>
        {batchRunning && (
          <button type="button" class="button batch-stop" onClick={actions.stopBatch}>
            {t('batch.stop')}
          </button>
        )}
        {!batchRunning && settled < rows.length && (
          <button type="button" class="button batch-go" onClick={() => void actions.runBatch()}>
            {t('batch.go')}
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
            <Sorting order={order} onOrder={setOrder} />
            <Save name="csv" type="text/csv" content={() => batchCsv(inOrder)} onSaved={actions.markBatchDownloaded} />
            <Save
              name="json"
              type="application/json"
              content={() => batchJson(inOrder)}
              onSaved={actions.markBatchDownloaded}
            />
            <button type="button" class="button button-small batch-clear" onClick={actions.clearBatch}>
              {t('batch.clear')}
            </button>
          </div>
          <Table rows={inOrder} model={state.model} onOpen={actions.takeFile} />
        </>
      )}
    </div>
  );
}

function Sorting({ order, onOrder }: { order: Order; onOrder: (order: Order) => void }) {
  return (
    <label class="field batch-sorting">
      <span class="field-name">{t('batch.sort')}</span>
      <select
        class="select"
        name="order"
        value={order}
        onChange={({ currentTarget: { value } }) => onOrder(ORDERS.find((name) => name === value) ?? 'came')}
      >
        {ORDERS.map((name) => (
          <option key={name} value={name}>
            {t(`batch.order.${name}`)}
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
