/** The page itself. What is printed is this and nothing else. */

import { isOfLesions, kindOf, PLAIN, strangerKey } from '../answer/decision';
import { MapCanvas } from '../answer/map-canvas';
import { isAlarming, pointFor } from '../answer/operating-point';
import { siteName } from '../history/body-map';
import type { SampleKind, SavedAnswer } from '../history/entry';
import { lengthText } from '../history/length-field';
import type { Decision, ModelInfo, OperatingPoint } from '../protocol/engine-messages';
import type { State } from '../state';
import { moment, or, percent } from '../text/format';
import { t } from '../text/i18n';
import { labelFor, pictureName } from '../text/label-names';
import { BlobImage } from '../widgets/blob-image';
import { FactList } from '../widgets/fact-list';
import { Mark } from '../widgets/mark';

export interface Reported {
  /** Drawn anew, so that nothing of the photo's file but its pixels is in it. */
  square: Blob | null;
  answer: SavedAnswer;
  time: number;
  site: string;
  note: string;
  millimetres: number | null;
  /** The photo is one to try the app with. */
  sample: SampleKind | null;
}

interface Props {
  reported: Reported;
  state: State;
}

export function ReportPage({ reported, state }: Props) {
  const { answer } = reported;
  const { model } = answer;
  return (
    <article class="report">
      <header class="report-head">
        <Mark />
        <p class="report-name" translate={false}>
          Lentigo
        </p>
        <p class="report-disclaimer-short">{t('app.notDiagnosis')}</p>
      </header>
      {reported.sample && <p class="sample-note">{t(`entry.${reported.sample}`)}</p>}
      <Pictures reported={reported} state={state} />
      <Facts reported={reported} state={state} />
      <Figures reported={reported} state={state} />
      <footer class="report-foot">
        <p>
          {t('report.made', {
            model: t('shell.model', { name: model.name, version: model.version }),
            hash: model.sha256.slice(0, 12),
          })}{' '}
          {t('report.views', { count: answer.views })}
        </p>
        <p>{t('report.disclaimer')}</p>
      </footer>
    </article>
  );
}

function Pictures({ reported: { square, answer }, state }: Props) {
  const nameOf = (id: string) => labelFor(id, state.model?.labels ?? []).name;
  return (
    <div class="report-pictures">
      <figure>
        <BlobImage class="report-photo" blob={square} alt={t('report.photo')} />
        <figcaption>{t('report.photo')}</figcaption>
      </figure>
      {answer.map && (
        <figure>
          <div class="report-map">
            <BlobImage class="report-photo" blob={square} alt="" />
            <MapCanvas map={answer.map} strength={0.7} />
          </div>
          <figcaption>{t('report.map', { name: nameOf(answer.map.label) })}</figcaption>
        </figure>
      )}
    </div>
  );
}

function Facts({ reported: { answer, time, site, note, millimetres }, state }: Props) {
  const facts: [string, string][] = [
    [t('report.date'), moment(time)],
    [t('report.picture'), pictureName(answer.kind, state.model?.kinds ?? [])],
  ];
  if (site) facts.push([t('report.site'), siteName(site)]);
  if (millimetres !== null) facts.push([t('report.size'), lengthText(millimetres, state.preferences.units)]);
  if (note) facts.push([t('report.note'), note]);
  return <FactList facts={facts} />;
}

/**
 * The answer may be older than the model at work, which may be one that knows nothing of lesions; or there is none yet. Then
 * the answer's own numbers have to do: where a malignant class leads, the sum of these is no less than its share.
 */
function isAdvised(decision: Decision, point: OperatingPoint | null, model: ModelInfo | null): boolean {
  if (model && isOfLesions(model)) return isAlarming(decision, point, model.labels);
  return decision.malignant >= (decision.probabilities[decision.order[0] ?? ''] ?? 0);
}

function Figures({ reported, state }: Props) {
  const { answer } = reported;
  const { model } = state;
  const nameOf = (id: string) => labelFor(id, model?.labels ?? []).name;
  const [decision] = Object.values(answer.decisions);
  if (!decision) return null;
  const [top = ''] = decision.order;
  const malignant = new Set((model?.labels ?? []).filter((label) => label.malignant).map(({ id }) => id));
  /* A threshold belongs to the model that states it. */
  const kind = model?.sha256 === answer.model.sha256 ? kindOf(answer.kind, model.kinds) : null;
  const point = kind && pointFor(kind.points, state.preferences.operatingPoint);
  const share = percent(decision.malignant);
  return (
    <section class="report-figures">
      {answer.kind === PLAIN && <p class="report-plain">{t('plain.cannot')}</p>}
      <h3 class="report-verdict">{decision.abstain ? t('answer.unsure') : nameOf(top)}</h3>
      {answer.notLesion && <p>{t(strangerKey(answer.kind))}</p>}
      {answer.faults.length > 0 && <p>{t('answer.gateHeading')}</p>}
      <p class="report-advice">
        <strong>{t(reported.sample ? 'answer.nextSample' : 'answer.nextHeading')}:</strong>{' '}
        {t(isAdvised(decision, point, model) ? 'answer.nextAbove' : 'answer.nextBelow')} {t('answer.nextAlways')}
      </p>
      {decision.set && <p>{t('report.set', { names: or(decision.set.map(nameOf)) })}</p>}
      <p>
        {point ? t('report.sumThreshold', { share, threshold: percent(point.threshold) }) : t('report.sum', { share })}
      </p>
      <table class="report-table">
        <tbody>
          {decision.order.map((id) => (
            <tr key={id}>
              <th scope="row">
                {nameOf(id)}
                {malignant.has(id) && <span class="tag tag-alarm">{t('answer.malignantKind')}</span>}
                {decision.set?.includes(id) && <span class="tag">{t('answer.inSet')}</span>}
              </th>
              <td>{percent(decision.probabilities[id] ?? 0)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
