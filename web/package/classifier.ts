/** One engine with its model inside the module's memory: src/wasm.c seen from TypeScript. */

import {
  type ClassMap,
  type Decision,
  type KernelUse,
  type Pixels,
  type Region,
  WHOLE,
} from '../src/protocol/engine-messages';
import { Fault } from '../src/protocol/fault';
import { kindDocuments } from '../src/worker/picture-kinds';
import { MAX_BYTES, MAX_PIXELS } from './memory-budget';
import type { ModelDocument } from './model-document';
import type { LoadedModule, Request, WasmModule } from './wasm-module';

/* Enough to tell what a file is (lentigo.h, lt_photo_kind_of). */
const KIND_BYTES = 4096;

interface Constants {
  status: { code: number; name: `LT_${string}`; text: string }[];
  prior: { code: number; name: string }[];
}

/** The document of lt_result_json, as far as it is used here. */
interface ResultDocument {
  probabilities: Record<string, number>;
  malignant: number;
  logits: number[];
  set: string[] | null;
  abstain: boolean;
  not_a_lesion: boolean;
  kind: string | null;
  /** Where the model tells kinds. */
  decided_by?: string;
  quality: { faults: string[] };
  views: number;
  ms: { decode: number; resize: number; infer: number };
  photo: { width: number; height: number };
}

export interface Classified {
  /** By the name of the prior, the engine's default first. */
  decisions: Record<string, Decision>;
  /** What the network gave, in the order of the labels. */
  logits: number[];
  faults: string[];
  notLesion: boolean;
  kind: string | null;
  decidedBy: string;
  views: number;
  /** Bytes of the module's whole memory. */
  memory: number;
  ms: ResultDocument['ms'];
  photo: ResultDocument['photo'];
}

/** Words before the map in lt_wasm_features' block. */
const FEATURES_HEAD = 6;

export class Classifier {
  readonly #module: WasmModule;
  readonly #constants: Constants;
  readonly #box: number;
  /** The model says which photos are good enough. */
  #limited = false;

  constructor({ module, threads }: LoadedModule) {
    this.#module = module;
    this.#constants = this.#document(module._lt_wasm_constants());
    this.#box = module._lt_wasm_create(MAX_PIXELS, MAX_BYTES, 0, threads);
    if (this.#box === 0) throw new Fault('LT_MEMORY', 'lt_wasm_create');
  }

  destroy(): void {
    this.#module._lt_wasm_destroy(this.#box);
  }

  /** Take a model in; the one before stays where this fails. `bytes` are copied. */
  loadModel(bytes: Uint8Array): ModelDocument {
    /* Not freed here: the engine takes the bytes over, in any case. */
    const copy = this.#copyIn(bytes);
    this.#check(this.#module._lt_wasm_load_model(this.#box, copy, bytes.length));
    const kernels = this.#document<KernelUse[]>(this.#module._lt_wasm_kernels_json(this.#box));
    const document = { ...this.#document<ModelDocument>(this.#module._lt_wasm_model_json(this.#box)), kernels };
    this.#limited = kindDocuments(document).some(({ quality }) => quality !== undefined);
    return document;
  }

  /** Has the loaded model's own self-test come out as its file says? Throws where not, or where it has none. */
  selfTest(): void {
    this.#check(this.#module._lt_wasm_self_test(this.#box));
  }

  /** Whether this is a file of which the engine reads squares; `heic` and `other` are for the browser's decoder. */
  photoKind(bytes: Uint8Array): string {
    return this.#withCopy(bytes.subarray(0, KIND_BYTES), (copy, size) =>
      this.#module.UTF8ToString(this.#module._lt_wasm_photo_kind(copy, size)),
    );
  }

  /** `bytes` of a JPEG or PNG file, here and below. */
  classifyFile(bytes: Uint8Array, region: Region): Classified {
    return this.#withPhoto(bytes, () => {
      this.#check(this.#module._lt_wasm_classify(this.#box, ...this.#request(region)));
      return this.#readAnswer();
    });
  }

  /** The square around what looks like the lesion; null where nothing stands out, or the photo cannot be read. */
  proposeInFile(bytes: Uint8Array): Region | null {
    return this.#withPhoto(bytes, () => this.#readProposal(this.#module._lt_wasm_propose(this.#box)));
  }

  /** The centre square, small and upright. */
  drawFile(bytes: Uint8Array, side: number): ImageData {
    return this.#withPhoto(bytes, () => {
      const rgba = this.#module._lt_wasm_draw(this.#box, side);
      if (rgba === 0) throw new Fault('not-a-picture');
      return new ImageData(
        new Uint8ClampedArray(this.#module.HEAPU8.subarray(rgba, rgba + side * side * 4)),
        side,
        side,
      );
    });
  }

  classifyPixels({ data, width, height }: Pixels, region: Region): Classified {
    this.#withCopy(data, (copy) =>
      this.#check(this.#module._lt_wasm_classify_rgba(this.#box, copy, width, height, ...this.#request(region))),
    );
    return this.#readAnswer();
  }

  /** The answer to the photo classified last, with one view more. */
  addView(): Classified {
    this.#check(this.#module._lt_wasm_look_again(this.#box));
    return this.#readAnswer();
  }

  /** The map of a class, by its index, for the photo classified last; null where the network has none. */
  map(label: number): ClassMap | null {
    const text = this.#module._lt_wasm_map_json(this.#box, label);
    return text === 0 ? null : this.#document(text);
  }

  /** What the network saw in the photo classified last, as lt_wasm_features gives it; null where it has no such map. */
  features(): Uint8Array | null {
    const block = this.#module._lt_wasm_features(this.#box);
    if (block === 0) return null;
    const [height = 0, width = 0, channels = 0] = new Uint32Array(this.#module.HEAPU8.buffer, block, 3);
    const copy = this.#module.HEAPU8.slice(block, block + (FEATURES_HEAD + height * width * channels) * 4);
    this.#module._lt_wasm_free(block);
    return copy;
  }

  /** As `proposeInFile`, in the pixels of a whole photo, small. */
  propose({ data, width, height }: Pixels): Region | null {
    return this.#withCopy(data, (copy) =>
      this.#readProposal(this.#module._lt_wasm_propose_json(this.#box, copy, width, height)),
    );
  }

  /** What is wrong with the centre square; null where the model sets no limits. No inference. */
  checkPixels({ data, width, height }: Pixels): string[] | null {
    this.#withCopy(data, (copy) =>
      this.#check(this.#module._lt_wasm_check_rgba(this.#box, copy, width, height, ...this.#request(WHOLE))),
    );
    const { faults } = this.#document<ResultDocument['quality']>(this.#module._lt_wasm_quality_json(this.#box));
    return this.#limited ? faults : null;
  }

  #withCopy<T>(bytes: Uint8Array | Uint8ClampedArray, use: (copy: number, size: number) => T): T {
    const copy = this.#copyIn(bytes);
    try {
      return use(copy, bytes.length);
    } finally {
      this.#module._lt_wasm_free(copy);
    }
  }

  /** The photo is open while `use` runs. */
  #withPhoto<T>(bytes: Uint8Array, use: () => T): T {
    if (bytes.length > MAX_BYTES) throw new Fault('LT_MEMORY', `${bytes.length} bytes`);
    try {
      /* Not freed here: the engine takes the bytes over, in any case. */
      this.#check(this.#module._lt_wasm_open(this.#box, this.#copyIn(bytes), bytes.length));
      return use();
    } finally {
      this.#module._lt_wasm_close(this.#box);
    }
  }

  #readProposal(text: number): Region | null {
    if (text === 0) return null;
    const square = this.#document<Omit<Region, 'quarterTurns'>>(text);
    return square.side > 0 ? { ...square, quarterTurns: 0 } : null;
  }

  /** The answer for every prior: deciding again costs no inference. */
  #readAnswer(): Classified {
    const decisions: Record<string, Decision> = {};
    let result = this.#readResult();
    const { logits, ms, photo, views } = result;
    const { quality, not_a_lesion: notLesion, kind, decided_by: decidedBy = '' } = result;
    const memory = this.#module._lt_wasm_heap_bytes();
    for (const { code, name } of this.#constants.prior) {
      this.#check(this.#module._lt_wasm_decide(this.#box, code));
      result = this.#readResult();
      const { probabilities, malignant, set, abstain } = result;
      const order = Object.keys(probabilities).sort((a, b) => (probabilities[b] ?? 0) - (probabilities[a] ?? 0));
      decisions[name] = { order, probabilities, malignant, set, abstain };
    }
    return { decisions, logits, faults: quality.faults, notLesion, kind, decidedBy, views, memory, ms, photo };
  }

  #readResult(): ResultDocument {
    return this.#document(this.#module._lt_wasm_result_json(this.#box, 1));
  }

  #request({ x, y, side, quarterTurns }: Region): Request {
    return [this.#constants.prior[0]?.code ?? 0, x, y, side, quarterTurns];
  }

  #copyIn(bytes: Uint8Array | Uint8ClampedArray): number {
    const copy = this.#module._lt_wasm_alloc(bytes.length);
    if (copy === 0) throw new Fault('LT_MEMORY', `${bytes.length} bytes`);
    /* The view is taken after the allocation, which may have grown the memory. */
    this.#module.HEAPU8.set(bytes, copy);
    return copy;
  }

  #document<T>(text: number): T {
    if (text === 0) throw new Fault('LT_MEMORY', 'no room for the answer');
    return JSON.parse(this.#module.UTF8ToString(text)) as T;
  }

  #check(code: number): void {
    const status = this.#constants.status.find((entry) => entry.code === code);
    if (!status) throw new Fault('crash', `status ${code}`);
    if (status.name === 'LT_OK') return;
    const text = this.#module.UTF8ToString(this.#module._lt_wasm_error(this.#box));
    throw new Fault(status.name, text || status.text);
  }
}
