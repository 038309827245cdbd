/** What the engine says of a model, with what the file's own document states for each kind of picture. */
import type { KernelUse, Model } from './types';

/** The documents of lt_model_json and lt_kernels_json together. */
export interface ModelDocument extends Omit<Model, 'metadata'> {
  kernels: KernelUse[];
  metadata: KindDocument & { kinds?: KindDocument[]; figures_of?: unknown };
}

/** What the model's own document states for a kind of picture. */
export interface KindDocument {
  thresholds?: { malignant?: number };
  operating_points?: {
    name: string;
    threshold: number;
    sensitivity: number;
    specificity: number;
    ppv: number;
    ppv_at_2_percent: number;
  }[];
  conformal?: { coverage: number };
  quality?: object;
  /** The engine has not looked at this. */
  figures?: unknown;
}

/** Where a kind's numbers stand: in format 1, which tells no kinds, in the document itself. */
export const kindDocuments = ({ kinds, metadata }: ModelDocument): KindDocument[] =>
  kinds.map(({ id }, i) => (id === '' ? metadata : (metadata.kinds?.[i] ?? {})));
