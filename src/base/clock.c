#include "clock.h"

#ifdef __EMSCRIPTEN__

#include <emscripten.h>

double clock_ms(void) {
    return emscripten_get_now();
}

#else

#include <time.h>

double clock_ms(void) {
    struct timespec now;
    if (clock_gettime(CLOCK_MONOTONIC, &now) != 0) return 0.0;
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec * 1e-6;
}

#endif
