/* kernels.c - the kernels of WebAssembly under test, for tests/node/kernels.test.mjs. */
#include <emscripten.h>

#include "kernelcases.h"

/* The name of line i of the table; NULL behind the last. */
EMSCRIPTEN_KEEPALIVE const char *kernels_name(size_t i) {
    return kn_line(i) ? kn_line(i)->name : NULL;
}

EMSCRIPTEN_KEEPALIVE int kernels_can_run(size_t i) {
    return kn_line(i)->can_run();
}

/* How many shapes line i computed as it has to; 0 where one is wrong, and kernels_text says which. */
static char text[KERNELCASES_TEXT];

EMSCRIPTEN_KEEPALIVE uint32_t kernels_run(size_t i) {
    return kernelcases_run(kn_line(i), text);
}

EMSCRIPTEN_KEEPALIVE const char *kernels_text(void) {
    return text;
}
