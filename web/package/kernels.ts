/** Which build of the engine this browser can run. */
import type { Kernels } from './types';

/** A module with one function `() -> v128` whose body is `code`. */
function moduleWith(code: number[]): BufferSource {
  const body = [0, ...code, 0x0b];
  return new Uint8Array([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...[1, 5, 1, 0x60, 0, 1, 0x7b],
    ...[3, 2, 1, 0],
    ...[10, body.length + 2, 1, body.length, ...body],
  ]);
}

const SPLAT_ZERO = [0x41, 0, 0xfd, 0x0f];
const POPCNT = [0xfd, 0x62];
/* The dot itself: an engine may take relaxed swizzle and not this, which is the one that pays. */
const RELAXED_DOT_ADD = [0xfd, 0x93, 0x02];

/** The builds that validate here, best first; empty where WebAssembly has no SIMD. */
export function runnableKernels(): Kernels[] {
  const kernels: Kernels[] = [];
  const dot = [...SPLAT_ZERO, ...SPLAT_ZERO, ...SPLAT_ZERO, ...RELAXED_DOT_ADD];
  if (WebAssembly.validate(moduleWith(dot))) kernels.push('relaxed');
  if (WebAssembly.validate(moduleWith([...SPLAT_ZERO, ...POPCNT]))) kernels.push('simd');
  return kernels;
}
