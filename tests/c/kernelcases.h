/*
 * kernelcases.h - a kernel beside the reference and beside XNNPACK, over many shapes; natively and in WebAssembly.
 */
#ifndef LT_KERNELCASES_H
#define LT_KERNELCASES_H

#include "kernels/kernel.h"

enum { KERNELCASES_TEXT = 256 };

/*
 * Run a kernel on every shape of the list that it takes: all channel tails, odd sizes, paddings of each kind, random
 * and extreme values, and every way to cut the work in two. Returns how many shapes it took, or 0 where
 * one gave another answer than kn_reference or XNNPACK; text then says which.
 */
uint32_t kernelcases_run(const kn_kind *kind, char text[KERNELCASES_TEXT]);

#endif
