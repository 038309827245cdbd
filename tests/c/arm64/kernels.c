/* kernels.c - every kernel that this processor runs, on all shapes; for `make test-arm64`, where an emulator is the processor. */
#include <stdio.h>

#include "kernelcases.h"

static int is_right(const kn_kind *kind) {
    char text[KERNELCASES_TEXT];
    uint32_t shapes = kernelcases_run(kind, text);
    if (shapes == 0)
        printf("%s: %s\n", kind->name, text);
    else
        printf("%s: %u shapes are right\n", kind->name, (unsigned)shapes);
    return shapes > 0;
}

int main(void) {
    int ran = 0, wrong = 0;
    for (size_t i = 0; kn_line(i); i++) {
        if (!kn_line(i)->can_run()) continue;
        ran++;
        wrong += !is_right(kn_line(i));
    }
    if (ran == 0) printf("this processor runs none of our kernels\n");
    return ran == 0 || wrong > 0;
}
