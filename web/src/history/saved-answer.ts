/** An answer as it is kept. */
import type { Answer, ClassMap } from '../protocol/engine-messages';
import type { KeptAnswer } from './entry';

export const toKept = (answer: Answer, map: ClassMap | null): KeptAnswer => {
  const { decisions, logits, faults, notLesion, kind, views } = answer;
  const { name, version, sha256 } = answer.model;
  return { time: Date.now(), model: { name, version, sha256 }, decisions, logits, faults, notLesion, kind, views, map };
};
