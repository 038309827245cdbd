/** What the engine says of a model, as JSON. */
import type { KernelUse, Label } from '../src/protocol/engine-messages';

/** The documents of lt_model_json, as far as it is used here, and lt_kernels_json. */
export interface ModelDocument {
  kernels: KernelUse[];
  name: string;
  version: string;
  licence: string;
  attribution: string;
  bytes: number;
  input: { crop: number; width: number };
  labels: Label[];
  /** How many views there are. */
  views: number;
  kinds: { id: string; name: string }[];
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
