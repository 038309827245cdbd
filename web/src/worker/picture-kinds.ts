/** What a model states for each kind of picture it tells, in the form the page draws it. */

import { type KindDocument, kindDocuments, type ModelDocument } from '../../package/model-document';
import type { Figures, KindFigures, OperatingPoint, PictureKind } from '../protocol/engine-messages';

/** The thresholds on the malignant sum, the model's own first: the point that has it, or else the threshold alone. */
function operatingPoints({ thresholds, operating_points = [] }: KindDocument): OperatingPoint[] {
  const own = thresholds?.malignant;
  const points = operating_points.map(({ name, threshold, ppv_at_2_percent, ...rest }) => ({
    name,
    threshold,
    figures: { ...rest, ppvAtTwoPercent: ppv_at_2_percent },
  }));
  const isOwn = ({ threshold }: OperatingPoint) => threshold === own;
  if (own === undefined) return points;
  if (!points.some(isOwn)) return [{ name: '', threshold: own, figures: null }, ...points];
  return [...points.filter(isOwn), ...points.filter((point) => !isOwn(point))];
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The engine does not look at these: what is no count or no share is left out. */
function readFigures(from: Record<string, unknown>): Figures {
  const within = (name: string, high: number) => {
    const value = from[name];
    return typeof value === 'number' && value >= 0 && value <= high ? value : null;
  };
  return {
    pictures: within('pictures', 1e9),
    lesions: within('lesions', 1e9),
    accuracy: within('accuracy', 1),
    balancedAccuracy: within('balanced_accuracy', 1),
    malignantAuc: within('malignant_auc', 1),
    melanomaRecall: within('melanoma_recall', 1),
    setCoverage: within('set_coverage', 1),
  };
}

function kindFigures(from: unknown): KindFigures | null {
  if (!isObject(from)) return null;
  const sources = Object.entries(isObject(from.sources) ? from.sources : {});
  return {
    ...readFigures(from),
    sources: sources.flatMap(([id, own]) => (isObject(own) ? { id, ...readFigures(own) } : [])),
  };
}

export function pictureKinds(document: ModelDocument): PictureKind[] {
  const documents = kindDocuments(document);
  return document.kinds.map(({ id, name }, i) => {
    const own = documents[i] ?? {};
    return {
      ...{ id, name },
      points: operatingPoints(own),
      coverage: own.conformal?.coverage ?? null,
      figures: kindFigures(own.figures),
    };
  });
}
