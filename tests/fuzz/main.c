/* What libFuzzer calls; the target is chosen by the program's own name: build/fuzz/photo. */
#include <string.h>

#include "targets.h"

int LLVMFuzzerInitialize(int *count, char ***arguments);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
size_t LLVMFuzzerMutate(uint8_t *bytes, size_t size, size_t room);
size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t size, size_t room, unsigned int seed);

static const fuzz_target *target;

int LLVMFuzzerInitialize(int *count, char ***arguments) {
    (void)count;
    const char *path = (*arguments)[0], *slash = strrchr(path, '/');
    target = fuzz_find(slash != NULL ? slash + 1 : path);
    if (target != NULL) return 0;
    fprintf(stderr, "no target has the name of this program\n");
    exit(2);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    target->run(bytes, size);
    return 0;
}

size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t size, size_t room, unsigned int seed) {
    (void)seed;
    size = LLVMFuzzerMutate(bytes, size, room);
    return target->mend != NULL ? target->mend(bytes, size) : size;
}
