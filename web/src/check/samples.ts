/** Pictures to try the app with: photographs whose diagnosis is known, then drawings, whose names are in web/texts/. */
import type { SampleKind } from '../history/entry';
import { Fault } from '../protocol/fault';
import { t, tIfAny } from '../text/i18n';

/** As web/draw/photographs.mjs gives them. */
export interface Photograph {
  id: string;
  /** Of picture, by the id that the model has for it. */
  kind: string;
  /** The class that the lesion is of, by its id. */
  label: string;
  confirmed: 'histology' | 'consensus' | 'clinical';
  licence: string;
  credit: string;
}

declare const PHOTOGRAPHS: readonly Photograph[];
declare const DRAWINGS: readonly string[];

export interface Sample {
  id: string;
  url: string;
  /** null for a drawing. */
  photograph: Photograph | null;
  /** Its place in the strip of thumbnails, 0..1. */
  place: number;
}

const address = (path: string) => new URL(path, document.baseURI).href;

export const THUMBNAILS = address('samples/thumbnails.jpg');

const last = PHOTOGRAPHS.length + DRAWINGS.length - 1;

export const SAMPLES: readonly Sample[] = [
  ...PHOTOGRAPHS.map((photograph) => ({ id: photograph.id, path: `photographs/${photograph.id}.jpg`, photograph })),
  ...DRAWINGS.map((id) => ({ id, path: `samples/${id}.jpg`, photograph: null })),
].map(({ path, ...sample }, i) => ({ ...sample, url: address(path), place: i / last }));

export const sampleOf = (id: string): Sample | undefined => SAMPLES.find((sample) => sample.id === id);

/** null where there is no such sample any more. */
export function sampleKind(id: string): SampleKind | null {
  const sample = sampleOf(id);
  return sample ? (sample.photograph ? 'photograph' : 'drawing') : null;
}

/** That of a photograph does not give away what it shows. */
export function sampleName(id: string): string {
  const at = PHOTOGRAPHS.findIndex((photograph) => photograph.id === id);
  const [kind, number] = [PHOTOGRAPHS[at]?.kind, at + 1];
  if (kind === 'dermoscopic' || kind === 'clinical') return t(`check.photograph.${kind}`, { number });
  return t('check.drawing', { name: tIfAny(`sample.${id}`) ?? id });
}

export async function sampleFile({ id, url }: Sample): Promise<Blob> {
  try {
    const response = await fetch(url);
    if (response.ok) return await response.blob();
    throw new Error(`HTTP ${response.status}`);
  } catch (error) {
    throw new Fault('sample', `${id}: ${(error as Error).message}`);
  }
}
