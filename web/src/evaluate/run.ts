/** Pictures of known diagnosis, one after the other through the engine, then their figures. */
import type { Engine } from '../engine/engine';
import {
  type Answer,
  type EvaluatedPicture,
  type FigureFiles,
  type ModelInfo,
  WHOLE,
} from '../protocol/engine-messages';
import { type Failure, toFailure } from '../protocol/fault';
import type { Case } from './sources';

/** How many lesions are drawn anew for the intervals, and from where the draws begin: as `lentigo evaluate` does. */
const [DRAWS, SEED] = [1000, 1];

/** What a diagnosis is taken for: a class id, or null: left out. */
export type Naming = Map<string, string | null>;

export interface Missed {
  name: string;
  failure: Failure;
}

export interface Outcome {
  files: FigureFiles;
  missed: Missed[];
  leftOut: number;
  model: ModelInfo;
}

const same = (a: string, b: string) => a.trim().toLowerCase() === b.trim().toLowerCase();

/** The class that is called so, by its id or one of its names. */
export function guessClass(diagnosis: string, labels: { id: string; names: string[] }[]): string | null {
  return labels.find(({ id, names }) => [id, ...names].some((name) => same(name, diagnosis)))?.id ?? null;
}

/** A number for each lesion; a picture of none that is known shows one of its own. */
function lesionNumbers(cases: Case[]): number[] {
  const ids = [...new Set(cases.flatMap(({ lesion }) => lesion ?? []))].sort();
  const numbers = new Map(ids.map((id, i) => [id, i]));
  let next = ids.length;
  return cases.map(({ lesion }) => (lesion === null ? next++ : (numbers.get(lesion) ?? 0)));
}

function evaluated({ path }: Case, truth: number, lesion: number, answer: Answer): EvaluatedPicture | null {
  const { decisions, model, decidedBy, notLesion, faults } = answer;
  const [data, uniform] = Object.values(decisions);
  if (!data || !uniform) return null;
  const { set, abstain, malignant } = data;
  const shares = ({ probabilities }: typeof data) => model.labels.map(({ id }) => probabilities[id] ?? 0);
  const kind = Math.max(
    0,
    model.kinds.findIndex(({ id }) => id === decidedBy),
  );
  const faulted = faults.length > 0;
  return {
    ...{ name: path, truth, lesion, kind, set, abstain, notLesion, faulted, malignant },
    data: shares(data),
    uniform: shares(uniform),
  };
}

/** `tell` hears how many are done. Ends early, with the figures so far, once `stop` is aborted. */
export async function evaluate(
  engine: Engine,
  cases: Case[],
  naming: Naming,
  stop: AbortSignal,
  tell: (done: number) => void,
): Promise<Outcome> {
  const { model } = await engine.start();
  const numbers = lesionNumbers(cases);
  const pictures: EvaluatedPicture[] = [];
  const missed: Missed[] = [];
  let leftOut = 0;
  for (const [i, one] of cases.entries()) {
    if (stop.aborted) break;
    const truth = model.labels.findIndex(({ id }) => id === naming.get(one.diagnosis));
    if (truth < 0) leftOut++;
    else
      try {
        const answer = await engine.classify(await one.read(), WHOLE, null, stop);
        const picture = evaluated(one, truth, numbers[i] ?? 0, answer);
        if (picture) pictures.push(picture);
      } catch (error) {
        if (!stop.aborted) missed.push({ name: one.path, failure: toFailure(error) });
      }
    tell(i + 1);
  }
  const { labels, kinds } = model;
  const files = await engine.figures({ labels, kinds, pictures, draws: DRAWS, seed: SEED });
  return { files, missed, leftOut, model };
}
