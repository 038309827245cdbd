/* Two wasm kernels of XNNPACK include <arm_neon.h> for the SIMD128 intrinsics
 * that come with it; Debian's Emscripten has that header but not what it
 * includes in turn. The intrinsics are all that is needed. */
#ifndef LENTIGO_SHIM_ARM_NEON_H
#define LENTIGO_SHIM_ARM_NEON_H

#include <wasm_simd128.h>

#endif
