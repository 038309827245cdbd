/** What a model's file does not say: its user states it, and the wide build of the engine takes it. */
import { Fault } from './fault';
import type { Take, WasmModule } from './wasm-module';

export interface Stated {
  /** The classes' names, one a line, in the order of the network's values. */
  labels?: string | undefined;
  /** Mean of R, G and B, then their standard deviations: of a pixel value of 0..255 the network gets (pixel - mean) / std. */
  pixels?: number[] | undefined;
  /** Of each class whether it is malignant, that is counted in the sum of these. The classes have to have names. */
  malignant?: boolean[] | undefined;
}

/** Into bytes that the engine frees; 0 where there is nothing to say. */
function copyIn(module: WasmModule, bytes: Uint8Array | undefined): number {
  if (!bytes) return 0;
  const copy = module._lt_wasm_alloc(bytes.length);
  if (copy === 0) throw new Fault('LT_MEMORY', `${bytes.length} bytes`);
  module.HEAPU8.set(bytes, copy);
  return copy;
}

/** The way of a model into the engine with what is stated of it. */
export function takeAs({ labels, pixels, malignant }: Stated): Take {
  const text = labels === undefined ? undefined : new TextEncoder().encode(labels);
  const numbers = pixels && new Uint8Array(Float32Array.from(pixels).buffer);
  const flags = malignant && Uint8Array.from(malignant, Number);
  return (module, box, bytes, size) => {
    if (!module._lt_wasm_load_model_as) throw new Fault('engine-load', 'no build for other models');
    const names = copyIn(module, text);
    const range = copyIn(module, numbers);
    const marks = copyIn(module, flags);
    const [length, count] = [text?.length ?? 0, flags?.length ?? 0];
    return module._lt_wasm_load_model_as(box, bytes, size, names, length, range, marks, count);
  };
}
