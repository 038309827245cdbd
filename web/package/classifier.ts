/** One engine with its model inside the module's memory: src/wasm.c seen from TypeScript. */

import { Fault } from './fault';
import { MAX_BYTES, MAX_PIXELS } from './memory-budget';
import { kindDocuments, type ModelDocument } from './model-document';
import { type ClassMap, type KernelUse, type Pixels, type Quality, type Region, type Result, WHOLE } from './types';
import type { LoadedModule, Request, Take, WasmModule } from './wasm-module';

/* Enough to tell what a file is (lentigo.h, lt_photo_kind_of). */
const KIND_BYTES = 4096;

interface Constants {
  status: { code: number; name: `LT_${string}`; text: string }[];
  prior: { code: number; name: string }[];
}

/** Words before the map in lt_wasm_features' block. */
const FEATURES_HEAD = 6;

const takeOurs: Take = (module, box, bytes, size) => module._lt_wasm_load_model(box, bytes, size);

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

  /** Take a model in; the one before stays where this fails. `bytes` are copied. `take`: another way than that of ours. */
  loadModel(bytes: Uint8Array, take = takeOurs): ModelDocument {
    /* Not freed here: the engine takes the bytes over, in any case. */
    const copy = this.#copyIn(bytes);
    this.#check(take(this.#module, this.#box, copy, bytes.length));
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

  /** `bytes` of a JPEG or PNG file, here and below. What came of it is `result`. */
  classifyFile(bytes: Uint8Array, region: Region): void {
    this.#withPhoto(bytes, () => this.#check(this.#module._lt_wasm_classify(this.#box, ...this.#request(region))));
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

  classifyPixels({ data, width, height }: Pixels, region: Region): void {
    this.#withCopy(data, (copy) =>
      this.#check(this.#module._lt_wasm_classify_rgba(this.#box, copy, width, height, ...this.#request(region))),
    );
  }

  /** Look at the photo classified last once more, turned or mirrored: `result` is then the mean of all views. */
  addView(): void {
    this.#check(this.#module._lt_wasm_look_again(this.#box));
  }

  /** Names of the priors, the engine's default first. */
  get priors(): string[] {
    return this.#constants.prior.map(({ name }) => name);
  }

  /** What the engine says of the photo classified last, for that prior; it costs no inference. */
  result(prior: string): Result {
    const code = this.#constants.prior.find(({ name }) => name === prior)?.code;
    if (code === undefined) throw new Fault('LT_ARGUMENT', `prior: ${prior} is none of ${this.priors.join(', ')}`);
    this.#check(this.#module._lt_wasm_decide(this.#box, code));
    return this.#document(this.#module._lt_wasm_result_json(this.#box, 1));
  }

  /** Bytes of the module's whole memory. */
  get memory(): number {
    return this.#module._lt_wasm_heap_bytes();
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
    const { faults } = this.#document<Quality>(this.#module._lt_wasm_quality_json(this.#box));
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
