/** What the component shows, as nodes: no markup is made of text, so any content policy lets it. */

import type { Texts } from './element-texts';
import { type KindDocument, kindDocuments, type ModelDocument } from './model-document';
import type { Label, Model, Result } from './types';

type Child = Node | string | null | false;

/** An element with attributes and children; `null` and `false` are left out. */
export function make<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Record<string, string> = {},
  children: Child[] = [],
): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  for (const child of children) if (child !== null && child !== false) element.append(child);
  return element;
}

const PLAIN = 'clinical';
const NEITHER = 'neither';

/** Something stands between the photo and a class: the photo is faulty, or no lesion at all. */
export const isDoubtful = (result: Result): boolean => result.not_a_lesion || result.quality.faults.length > 0;

/** The class's name: the model's own, and in other languages ours where there is one. */
const nameOf = ({ id, name }: Label, texts: Texts): string =>
  (texts.language === 'en' ? null : texts.ifAny(`kind.${id}`)) ?? name;

function labelOf(id: string, model: Model): Label {
  return model.labels.find((label) => label.id === id) ?? { id, name: id, about: '', malignant: false };
}

/** What a screen reader says in one sentence. */
export function spoken(result: Result, model: Model, texts: Texts): string {
  if (isDoubtful(result)) return texts.t(headingOfDoubt(result));
  if (result.abstain) return texts.t('answer.unsure');
  const name = nameOf(labelOf(result.label, model), texts);
  const share = texts.percent(result.probabilities[result.label] ?? 0);
  return texts.t(result.kind === PLAIN ? 'plain.spoken' : 'answer.spoken', { name, share });
}

function headingOfDoubt({ not_a_lesion: stranger, kind }: Result): string {
  if (!stranger) return 'answer.gateHeading';
  return kind === NEITHER ? 'answer.neither' : 'answer.stranger';
}

/** What stands before the answer where the photo is doubtful. */
export function viewDoubt(result: Result, texts: Texts, onShow: () => void): Node[] {
  const { faults } = result.quality;
  const button = make('button', { type: 'button', class: 'quiet', part: 'button show' }, [texts.t('answer.gateShow')]);
  button.addEventListener('click', onShow);
  return [
    make('h2', { part: 'heading' }, [texts.t(headingOfDoubt(result))]),
    make('p', {}, [texts.t(result.not_a_lesion ? 'answer.strangerLead' : 'answer.gateLead')]),
    make(
      'ul',
      { class: 'faults', part: 'faults' },
      faults.map((fault) => make('li', {}, [texts.ifAny(`answer.fault.${fault}`) ?? fault])),
    ),
    make('div', {}, [button]),
  ];
}

function viewVerdict(result: Result, model: Model, texts: Texts): Node[] {
  const name = nameOf(labelOf(result.label, model), texts);
  const share = texts.percent(result.probabilities[result.label] ?? 0);
  const heading = { part: 'heading', tabindex: '-1' };
  if (result.abstain)
    return [
      make('h2', heading, [texts.t('answer.unsure')]),
      make('p', {}, [texts.t('answer.unsureLead')]),
      make('p', { class: 'soft' }, [texts.t('answer.nearest', { name, share })]),
    ];
  return [
    make('p', { class: 'soft' }, [texts.t(result.kind === PLAIN ? 'plain.most' : 'answer.most')]),
    make('h2', heading, [`${name} `, make('span', { part: 'share' }, [share])]),
  ];
}

function viewBar(label: Label, share: number, isPossible: boolean, texts: Texts): Node {
  const fill = make('div', { class: 'fill', part: 'fill' });
  fill.style.inlineSize = `${share * 100}%`;
  const notes = [label.malignant && texts.t('answer.malignantKind'), isPossible && texts.t('answer.inSet')];
  const aside = notes.filter((note) => note !== false).join(', ');
  return make('li', { part: 'bar' }, [
    make('div', { class: 'row' }, [
      make('span', {}, [nameOf(label, texts), aside !== '' && make('span', { class: 'soft' }, [` (${aside})`])]),
      make('span', {}, [texts.percent(share)]),
    ]),
    make('div', { class: 'track', part: 'track', 'aria-hidden': 'true' }, [fill]),
  ]);
}

function viewBars({ probabilities, set }: Result, model: Model, texts: Texts): Node {
  const falling = Object.entries(probabilities).sort(([, a], [, b]) => b - a);
  return make(
    'ul',
    { class: 'bars', part: 'bars', 'aria-label': texts.t('answer.bars') },
    falling.map(([id, share]) => viewBar(labelOf(id, model), share, set?.includes(id) ?? false, texts)),
  );
}

/** The mark on the malignant sum that the model states for the kind of picture; none for a picture of no kind. */
function markOf(result: Result, model: Model): number | undefined {
  const at = model.kinds.findIndex(({ id }) => id === (result.kind ?? ''));
  const documents: KindDocument[] = kindDocuments(model as unknown as ModelDocument);
  return documents[at]?.thresholds?.malignant;
}

function viewMalignant(result: Result, model: Model, texts: Texts): Node {
  const mark = markOf(result, model);
  const side = mark !== undefined && result.malignant >= mark ? 'above' : 'below';
  const key = `${result.kind === PLAIN ? 'plain' : 'answer'}.${side}`;
  return make('div', { part: 'malignant' }, [
    make('p', { ...(side === 'above' && mark !== undefined && { class: 'alarm' }) }, [
      `${texts.t('answer.malignant')}: ${texts.percent(result.malignant)}`,
      mark !== undefined && ` (${texts.t('answer.threshold', { share: texts.percent(mark) })})`,
    ]),
    mark !== undefined && result.prior === 'data' && make('p', { class: 'soft' }, [texts.t(key)]),
  ]);
}

/** What is said of lesions is for models that mark malignant classes. */
export function viewResult(result: Result, model: Model, texts: Texts): Node[] {
  const nodes = [...viewVerdict(result, model, texts), viewBars(result, model, texts)];
  if (!model.labels.some(({ malignant }) => malignant)) return nodes;
  const meaning = make('p', { class: 'soft', part: 'meaning' }, [texts.t('answer.meaning')]);
  return [...nodes, viewMalignant(result, model, texts), meaning];
}

export function viewFailure(code: string, texts: Texts, onRetry: (() => void) | null): Node[] {
  const retry =
    onRetry && make('button', { type: 'button', class: 'quiet', part: 'button retry' }, [texts.t('job.retry')]);
  if (retry && onRetry) retry.addEventListener('click', onRetry);
  return [
    make('h2', { part: 'heading' }, [texts.t('job.failed')]),
    make('p', { part: 'error' }, [texts.ifAny(`fault.${code}`) ?? texts.t('fault.crash')]),
    ...(retry ? [make('div', {}, [retry])] : []),
  ];
}
