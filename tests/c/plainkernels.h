/*
 * plainkernels.h - the kernels' common ways with a plain C in place of the instructions, for sanitizers to see what
 * only WebAssembly runs otherwise: lanes of 4 channels, blocks of both heights, tiles of both steps.
 */
#ifndef LT_PLAINKERNELS_H
#define LT_PLAINKERNELS_H

#include "kernels/kernel.h"

enum { PLAIN_KERNELS = 5 };
extern const kn_kind *const plain_kernels[PLAIN_KERNELS];

#endif
