/** An answer as the history saves it. */
import type { Answer, ClassMap } from '../protocol/engine-messages';
import type { SavedAnswer } from './entry';

export const toSavedAnswer = (answer: Answer, map: ClassMap | null): SavedAnswer => {
  const { decisions, logits, faults, notLesion, kind, views } = answer;
  const { name, version, sha256 } = answer.model;
  return { time: Date.now(), model: { name, version, sha256 }, decisions, logits, faults, notLesion, kind, views, map };
};
