import type { Actions } from '../actions';
import type { Label } from '../protocol/engine-messages';

export interface SimilarProps {
  /** Of the answer. */
  ticket: number;
  labels: Label[];
  actions: Actions;
}
