/** The drawings to try the app with; made by web/draw/samples.mjs. Their names are in web/texts/. */
import { Fault } from '../protocol/fault';

declare const SAMPLE_IDS: readonly string[];

export interface Sample {
  id: string;
  url: string;
}

export const SAMPLES: readonly Sample[] = SAMPLE_IDS.map((id) => ({
  id,
  url: new URL(`samples/${id}.jpg`, document.baseURI).href,
}));

export async function sampleFile({ id, url }: Sample): Promise<Blob> {
  try {
    const response = await fetch(url);
    if (response.ok) return await response.blob();
    throw new Error(`HTTP ${response.status}`);
  } catch (error) {
    throw new Fault('sample', `${id}: ${(error as Error).message}`);
  }
}
