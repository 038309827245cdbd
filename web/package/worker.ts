/** The package's worker: one file that imports nothing, so that a bundler has only to copy it. */
import { makeHandlers, type PackageCalls } from './handlers';
import { type Scope, serve } from './serve';

serve<PackageCalls>(globalThis as unknown as Scope, makeHandlers(true));
