/** The figures as tables: for all pictures, or those of one kind. */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { ModelInfo } from '../protocol/engine-messages';
import { decimal, or, percent } from '../text/format';
import { t, writeNumber } from '../text/i18n';
import { labelFor, pictureName } from '../text/label-names';
import type { AllFigures, Estimate, Failed, Figures } from './figures';

interface Props {
  figures: AllFigures;
  model: ModelInfo;
}

export function FiguresView({ figures, model }: Props) {
  const [kind, setKind] = useState('');
  const kinds = Object.keys(figures.kinds);
  const shown = figures.kinds[kind] ?? figures;
  const name = (id: string) => labelFor(id, model.labels).name;
  return (
    <section class="block evaluate-figures" data-pictures={shown.pictures}>
      {kinds.length > 0 && (
        <label class="field">
          <span class="field-name">{t('evaluate.of')}</span>
          <select class="select" name="kind" value={kind} onChange={(event) => setKind(event.currentTarget.value)}>
            <option value="">{t('evaluate.all')}</option>
            {kinds.map((id) => (
              <option key={id} value={id}>
                {pictureName(id, model.kinds)}
              </option>
            ))}
          </select>
        </label>
      )}
      <p>{t('evaluate.counts', { pictures: shown.pictures, lesions: shown.lesions })}</p>
      <Headline figures={shown} />
      <Points figures={shown} kind={kind} />
      <Classes figures={shown} name={name} />
      <Confusion figures={shown} name={name} />
      <Calibration figures={shown} />
      <Worst heading={t('evaluate.confident')} rows={figures.failures.confident} name={name} />
      <Worst heading={t('evaluate.missedMalignant')} rows={figures.failures.missed} name={name} />
      <p class="disclaimer">{t('evaluate.caveat')}</p>
    </section>
  );
}

type Show = (value: number) => string;

/* A range is broken before its bracket alone. */
const INSIDE = / (?!\()/g;

/** "85% (83% to 87%)"; a dash where there is nothing to compute it from. */
function ranged({ value, low, high }: Estimate, show: Show): string {
  if (value === null) return '–';
  if (low === null || high === null) return show(value);
  return t('evaluate.range', { value: show(value), low: show(low), high: show(high) }).replace(INSIDE, '\u00a0');
}

const area: Show = (value) => decimal(value, 3);
const size: Show = (value) => decimal(value, 2);

interface TableProps {
  heading: string;
  head: string[];
  rows: [string, ...string[]][];
  children?: ComponentChildren;
}

/** It scrolls by itself where it is wider than the page. */
function Table({ heading, head, rows, children }: TableProps) {
  return (
    <section class="evaluate-part">
      <h3 class="small-heading">{heading}</h3>
      {children}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard. */}
      <section class="evaluate-scroll" aria-label={heading} tabIndex={0}>
        <table class="evaluate-table">
          <thead>
            <tr>
              {head.map((text) => (
                <th key={text} scope="col">
                  {text}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(([first, ...cells], i) => (
              <tr key={i}>
                <th scope="row">{first}</th>
                {cells.map((cell, k) => (
                  <td key={k}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
}

const HEADLINE = [
  ['accuracy', percent],
  ['balanced_accuracy', percent],
  ['macro_auc', area],
  ['malignant_auc', area],
  ['top_2', percent],
  ['ece', area],
] as const;

function Headline({ figures: { headline, sets, abstain, not_a_lesion, faulted } }: { figures: Figures }) {
  const rows = HEADLINE.map(([key, show]): [string, string] => {
    const found = headline[key];
    return [t(`evaluate.${key}`), found ? ranged(found, show) : '–'];
  });
  if (sets) {
    rows.push([t('evaluate.coverage', { nominal: percent(sets.nominal) }), ranged(sets.coverage, percent)]);
    rows.push([t('evaluate.setSize'), ranged(sets.size, size)]);
  }
  rows.push([t('evaluate.abstains'), ranged(abstain.rate, percent)]);
  rows.push([t('evaluate.answered'), ranged(abstain.accuracy_answered, percent)]);
  rows.push([t('evaluate.notLesion'), ranged(not_a_lesion, percent)]);
  rows.push([t('evaluate.faulted'), ranged(faulted, percent)]);
  const head = [t('evaluate.figure'), t('evaluate.value')];
  return <Table heading={t('evaluate.headline')} head={head} rows={rows} />;
}

/** A point has its own threshold for each kind of picture: that of the kind shown, or all of them. */
function Points({ figures: { operating_points: points }, kind }: { figures: Figures; kind: string }) {
  if (points.length === 0) return null;
  const at = (thresholds: Record<string, number>) =>
    or((kind in thresholds ? [thresholds[kind] ?? 0] : Object.values(thresholds)).map(percent));
  const rows = points.map(({ thresholds, sensitivity, specificity, ppv }): [string, ...string[]] => [
    at(thresholds),
    ...[sensitivity, specificity, ppv].map((figure) => ranged(figure, percent)),
  ]);
  const head = [t('evaluate.point'), t('evaluate.sensitivity'), t('evaluate.specificity'), t('evaluate.ppv')];
  return <Table heading={t('evaluate.points')} head={head} rows={rows} />;
}

interface Named {
  figures: Figures;
  name: (id: string) => string;
}

function Classes({ figures: { classes }, name }: Named) {
  const rows = Object.entries(classes).map(([id, { pictures, data }]): [string, ...string[]] => [
    name(id),
    writeNumber(pictures),
    ranged(data.auc, area),
    ranged(data.sensitivity, percent),
    ranged(data.specificity, percent),
  ]);
  const head = ['kind', 'number', 'auc', 'sensitivity', 'specificity'] as const;
  return <Table heading={t('evaluate.classes')} head={head.map((key) => t(`evaluate.${key}`))} rows={rows} />;
}

function Confusion({ figures: { classes, confusion }, name }: Named) {
  const ids = Object.keys(classes);
  const rows = ids.map((id, i): [string, ...string[]] => [name(id), ...(confusion.data[i] ?? []).map(writeNumber)]);
  return (
    <Table heading={t('evaluate.confusion')} head={[t('evaluate.truth'), ...ids.map(name)]} rows={rows}>
      <p class="aside">{t('evaluate.confusionLead')}</p>
    </Table>
  );
}

function Calibration({ figures: { reliability } }: { figures: Figures }) {
  const rows = reliability.map(({ pictures, confidence, accuracy }): [string, ...string[]] => [
    percent(confidence),
    percent(accuracy),
    writeNumber(pictures),
  ]);
  const head = [t('evaluate.said'), t('evaluate.right'), t('evaluate.number')];
  return <Table heading={t('evaluate.calibration')} head={head} rows={rows} />;
}

function Worst({ heading, rows, name }: { heading: string; rows: Failed[]; name: (id: string) => string }) {
  if (rows.length === 0) return null;
  const cells = rows.map(({ picture, truth, answer, probability, malignant }): [string, ...string[]] => [
    picture,
    name(truth),
    `${name(answer)} ${percent(probability)}`,
    percent(malignant),
  ]);
  const head = [t('batch.photo'), t('evaluate.truth'), t('batch.answer'), t('evaluate.malignantSum')];
  return <Table heading={heading} head={head} rows={cells} />;
}
