/** Which of an answer's decisions is shown, and of what kind of picture it is. */
import type { Answer, ModelInfo, PictureKind, PriorName } from '../protocol/engine-messages';

/** The kind that a plain photo is of, one taken without a dermatoscope. */
export const PLAIN = 'clinical';

/** What an answer says where the picture is of no kind. */
export const NEITHER = 'neither';

/** The decision for the prior chosen, else for the engine's default, which comes first. */
export function decisionFor(answer: Answer, chosen: PriorName | null) {
  const [first = ''] = Object.keys(answer.decisions);
  const prior = chosen !== null && chosen in answer.decisions ? chosen : first;
  return { prior, isDefault: prior === first, decision: answer.decisions[prior] };
}

/** The model's own file marks classes as malignant: only then is there anything to say of skin, sums and thresholds. */
export const isOfLesions = ({ labels }: Pick<ModelInfo, 'labels'>): boolean =>
  labels.some(({ malignant }) => malignant);

/** The kind whose thresholds and figures hold for an answer; null for a picture of none: no figure holds for it. */
export const kindOf = (kind: string | null | undefined, kinds: PictureKind[]): PictureKind | null =>
  kinds.find(({ id }) => id === (kind ?? '')) ?? null;

/** Which heading a picture gets that is like nothing the model has learned from. */
export const strangerKey = (kind: string | null | undefined) =>
  kind === NEITHER ? 'answer.neither' : 'answer.stranger';

/** Something stands between the photo and a class: the photo is faulty, or no lesion at all. */
export const isDoubtful = ({ notLesion, faults }: Answer): boolean => notLesion || faults.length > 0;

/** That is what is shown first, and the answer only when asked for. */
export const isGated = (answer: Answer, accepted: boolean): boolean => isDoubtful(answer) && !accepted;
