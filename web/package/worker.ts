/** The package's worker: one file that imports nothing but the glue of threads, so that a bundler has only to copy it. */
import { makeHandlers, type PackageCalls } from './handlers';
import type { EnginePlaces } from './loading';
import { type Scope, serve } from './serve';
import { compilePlace } from './sources';
import type { Build, Glue } from './wasm-module';

/** Each thread begins with that glue: so it stays a file by itself, and is imported by its address. */
const threaded = ({ wasm, threads: script }: EnginePlaces): Build => ({
  compile: () => compilePlace(wasm.threads),
  glue: () => import(script) as Promise<{ default: Glue }>,
  script,
});

serve<PackageCalls>(globalThis as unknown as Scope, makeHandlers(true, threaded));
