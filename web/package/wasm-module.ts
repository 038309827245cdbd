/** Loading one build of the engine: the compiler's glue and the .wasm beside it. */

import { Fault } from './fault';
import { runnableKernels } from './kernels';
import { canShareMemory } from './shared-memory';
import type { Kernels } from './types';

/** The members of lt_request, in their order. */
export type Request = [prior: number, x: number, y: number, side: number, quarterTurns: number];

/** The entry points of src/wasm.c, by the names the compiler gives them; see there for what they do. */
export interface WasmModule {
  readonly HEAPU8: Uint8Array<ArrayBufferLike>;
  UTF8ToString(text: number): string;
  _lt_wasm_constants(): number;
  _lt_wasm_alloc(bytes: number): number;
  _lt_wasm_free(bytes: number): void;
  _lt_wasm_photo_kind(bytes: number, size: number): number;
  _lt_wasm_create(maxPixels: number, maxBytes: number, fullDecode: number, threads: number): number;
  _lt_wasm_destroy(box: number): void;
  _lt_wasm_load_model(box: number, bytes: number, size: number): number;
  /** In the build for other people's models alone. */
  _lt_wasm_load_model_as?(
    box: number,
    bytes: number,
    size: number,
    labels: number,
    labelsSize: number,
    pixels: number,
    malignant: number,
    malignantCount: number,
  ): number;
  _lt_wasm_self_test(box: number): number;
  _lt_wasm_open(box: number, bytes: number, size: number): number;
  _lt_wasm_close(box: number): void;
  _lt_wasm_classify(box: number, ...request: Request): number;
  _lt_wasm_propose(box: number): number;
  _lt_wasm_draw(box: number, side: number): number;
  _lt_wasm_classify_rgba(box: number, rgba: number, width: number, height: number, ...request: Request): number;
  _lt_wasm_look_again(box: number): number;
  _lt_wasm_map_json(box: number, label: number): number;
  _lt_wasm_check_rgba(box: number, rgba: number, width: number, height: number, ...request: Request): number;
  _lt_wasm_quality_json(box: number): number;
  _lt_wasm_propose_json(box: number, rgba: number, width: number, height: number): number;
  _lt_wasm_features(box: number): number;
  _lt_wasm_decide(box: number, prior: number): number;
  _lt_wasm_result_json(box: number, withLogits: number): number;
  _lt_wasm_model_json(box: number): number;
  _lt_wasm_kernels_json(box: number): number;
  _lt_wasm_error(box: number): number;
  _lt_wasm_heap_bytes(): number;
}

/** Has the engine take a model over whose bytes lie in the module's memory; gives the status. */
export type Take = (module: WasmModule, box: number, bytes: number, size: number) => number;

/** What the glue's default export takes; only the part used here. */
export interface GlueOptions {
  /** Of one engine, read by the build that has threads alone. */
  threads: number;
  instantiateWasm(
    imports: WebAssembly.Imports,
    done: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
  ): object;
}

export type Glue = (options: GlueOptions) => Promise<WasmModule>;

/** One build: how to get its .wasm, and its glue. */
export interface Build {
  compile: () => Promise<WebAssembly.Module>;
  glue: () => Promise<{ default: Glue }>;
  /** Of the build with threads: where its glue lies, if not beside this script as the app's does. */
  script?: string;
}

/** The builds there are; without `threads` one thread is used, whatever is asked. */
export type Builds = Record<Kernels, Build> & { threads?: Build };

/** Fetch and compile a .wasm at the same time. */
export async function compileFrom(url: URL): Promise<WebAssembly.Module> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url.pathname}: HTTP ${response.status}`);
  /* Streaming wants the right type; a host that does not know .wasm is served the slower way. */
  if (response.headers.get('Content-Type') === 'application/wasm') return WebAssembly.compileStreaming(response);
  return WebAssembly.compile(await response.arrayBuffer());
}

async function instantiate(build: Build, threads: number): Promise<WasmModule> {
  const compiled = build.compile();
  const [{ default: glue }, module] = await Promise.all([build.glue(), compiled]);
  return new Promise((resolve, reject) => {
    const instantiateWasm: GlueOptions['instantiateWasm'] = (imports, done) => {
      WebAssembly.instantiate(module, imports).then((instance) => done(instance, module), reject);
      return {};
    };
    glue({ instantiateWasm, threads }).then(resolve, reject);
  });
}

/** What is at work: a build, and how many threads it computes on. */
export interface LoadedModule {
  kernels: Kernels;
  threads: number;
  module: WasmModule;
}

const THREADS_MS = 8_000;

/** The build with threads. Browsers are known in which these do not start, and nothing says so. */
async function loadThreaded(build: Build, threads: number): Promise<LoadedModule> {
  (await import('./threads')).allowThreads(build.script);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${THREADS_MS} ms`)), THREADS_MS);
  });
  try {
    return { kernels: 'relaxed', threads, module: await Promise.race([instantiate(build, threads), late]) };
  } catch (error) {
    /* What was begun cannot be taken back: this worker has to be ended. */
    throw new Fault('threads', (error as Error).message);
  } finally {
    clearTimeout(timer);
  }
}

/** The best build that not only validates but starts here; with threads only where they are wanted and can be had. */
export async function loadModule(builds: Builds, threads: number): Promise<LoadedModule> {
  const candidates = runnableKernels();
  if (candidates.length === 0) throw new Fault('no-simd');
  if (builds.threads && threads > 1 && candidates.includes('relaxed') && canShareMemory())
    return loadThreaded(builds.threads, threads);
  let reason = '';
  for (const kernels of candidates) {
    try {
      return { kernels, threads: 1, module: await instantiate(builds[kernels], 1) };
    } catch (error) {
      reason = `${kernels}: ${(error as Error).message}`;
    }
  }
  throw new Fault('engine-load', reason);
}
