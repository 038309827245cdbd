#include "targets.h"

#include <string.h>

const fuzz_target *const fuzz_targets[] = {&fuzz_photo, &fuzz_png,  &fuzz_dicom, &fuzz_inflate, &fuzz_colour,
                                           &fuzz_model, &fuzz_meta, &fuzz_atlas, &fuzz_catalog, NULL};

const fuzz_target *fuzz_find(const char *name) {
    for (size_t i = 0; fuzz_targets[i] != NULL; i++)
        if (strcmp(fuzz_targets[i]->name, name) == 0) return fuzz_targets[i];
    return NULL;
}
