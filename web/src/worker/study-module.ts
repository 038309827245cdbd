/** src/wasm_study.c seen from TypeScript: similar lesions and figures, a module of its own without the network. */
import studyWasm from 'lentigo/study.wasm';
import { Fault } from '../protocol/fault';

interface StudyExports {
  memory: WebAssembly.Memory;
  _initialize(): void;
  lt_study_alloc(bytes: number): number;
  lt_study_free(bytes: number): void;
  lt_study_error(): number;
  lt_study_similar(atlas: number, size: number, features: number, labels: number, kinds: number): number;
  lt_study_begin(setup: number): number;
  lt_study_add(
    truth: number,
    lesion: number,
    kind: number,
    setCount: number,
    flags: number,
    malignant: number,
    shares: number,
  ): number;
  lt_study_figures(draws: number, seed: number): number;
  lt_study_csv(json: number): number;
}

export class StudyModule {
  readonly #exports: StudyExports;

  private constructor(exports: StudyExports) {
    this.#exports = exports;
  }

  static async load(): Promise<StudyModule> {
    const response = await fetch(new URL(studyWasm, import.meta.url));
    if (!response.ok) throw new Fault('engine-load', `study: HTTP ${response.status}`);
    const imports = { env: { emscripten_notify_memory_growth: () => undefined } };
    const { instance } = await WebAssembly.instantiate(await response.arrayBuffer(), imports);
    const exports = instance.exports as unknown as StudyExports;
    exports._initialize();
    return new StudyModule(exports);
  }

  get calls(): StudyExports {
    return this.#exports;
  }

  /** Do `work` with copies of `all` in the module's memory. */
  with<T>(all: Uint8Array[], work: (...copies: number[]) => T): T {
    const copies: number[] = [];
    try {
      for (const bytes of all) copies.push(this.#copyIn(bytes));
      return work(...copies);
    } finally {
      for (const copy of copies) this.#exports.lt_study_free(copy);
    }
  }

  #copyIn(bytes: Uint8Array): number {
    const copy = this.#exports.lt_study_alloc(bytes.length);
    if (copy === 0) throw new Fault('LT_MEMORY', `${bytes.length} bytes`);
    /* The view is taken after the allocation, which may have grown the memory. */
    new Uint8Array(this.#exports.memory.buffer).set(bytes, copy);
    return copy;
  }

  /** The text at an address; where that is 0, the error of the last call is thrown. */
  text(address: number): string {
    const memory = new Uint8Array(this.#exports.memory.buffer);
    const read = (from: number) => new TextDecoder().decode(memory.subarray(from, memory.indexOf(0, from)));
    if (address === 0) throw new Fault('study', read(this.#exports.lt_study_error()));
    return read(address);
  }

  /** Throws the last call's error where its status is not LT_OK, which is 0. */
  check(status: number): void {
    if (status !== 0) this.text(0);
  }
}

/** A text with the 0 that C wants at its end. */
export const asText = (text: string): Uint8Array => new TextEncoder().encode(`${text}\0`);
