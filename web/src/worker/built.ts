/** What the build wrote into the app. Whoever runs the app trusts this already, as the rest of its code. */
import type { ModelEntry } from './catalog';

/** JSON of a `Built`. */
declare const BUILT: string;

interface Built {
  /** The model that comes with the app. */
  model: ModelEntry;
  /** The engine's version. */
  engine: string;
  /** Public keys that may sign catalogues, 32 bytes each, in base64; none: this site has no signed updates. */
  keys: string[];
}

export const built = JSON.parse(BUILT) as Built;
