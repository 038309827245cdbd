/** What the app shows of a photo: the engine's result for every prior, since deciding again costs no inference. */
import type { Classifier } from '../../package/classifier';
import type { Answer, Decision } from '../protocol/engine-messages';

export type Classified = Pick<
  Answer,
  'decisions' | 'logits' | 'faults' | 'notLesion' | 'kind' | 'decidedBy' | 'views' | 'memory' | 'photo'
> & { ms: Omit<Answer['ms'], 'total'> };

/** Of the photo that `classifier` has classified last. */
export function readAnswer(classifier: Classifier): Classified {
  const { memory } = classifier;
  const results = classifier.priors.map((prior) => classifier.result(prior));
  const decisions: Record<string, Decision> = {};
  for (const { prior, probabilities, malignant, set, abstain } of results) {
    const order = Object.keys(probabilities).sort((a, b) => (probabilities[b] ?? 0) - (probabilities[a] ?? 0));
    decisions[prior] = { order, probabilities, malignant, set, abstain };
  }
  const [first] = results as [(typeof results)[0]];
  const { logits, quality, not_a_lesion: notLesion, kind, decided_by: decidedBy = '', views, ms, photo } = first;
  const { width, height } = photo;
  return {
    decisions,
    logits,
    faults: quality.faults,
    notLesion,
    kind,
    decidedBy,
    views,
    memory,
    ms,
    photo: { width, height },
  };
}
