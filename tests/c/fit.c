#include "fit.h"

#include "check.h"

#include <stdlib.h>
#include <string.h>

img_scratch *fit_scratch;
lt_error fit_error;
img_info fit_info;
uint8_t fit_rgb[FIT_SIDE * FIT_SIDE * 3];
long fit_taken, fit_live, fit_fails_at = -1;

static void *take(void *context, size_t size) {
    (void)context;
    if (fit_taken++ == fit_fails_at) return NULL;
    void *memory = malloc(size);
    if (memory != NULL) fit_live++;
    return memory;
}

static void give(void *context, void *memory) {
    (void)context;
    fit_live--;
    free(memory);
}

const lt_allocator fit_memory = {.allocate = take, .release = give};

int fit_start(void **state) {
    (void)state;
    fit_taken = fit_live = 0;
    fit_fails_at = -1;
    lt_clear(&fit_error);
    return img_scratch_create(&fit_memory, &fit_scratch, &fit_error) == LT_OK ? 0 : -1;
}

int fit_end(void **state) {
    (void)state;
    img_scratch_free(fit_scratch);
    fit_scratch = NULL;
    return fit_live == 0 ? 0 : -1;
}

img_want fit_want(uint32_t side) {
    return (img_want){.width = side, .height = side, .crop = 1.0, .x = 0.5, .y = 0.5, .max_pixels = 50000000};
}

lt_status fit_file(const photo *file, const img_want *want) {
    static uint8_t before[sizeof fit_rgb];
    memcpy(before, fit_rgb, sizeof before);
    uint8_t *copy = malloc(file->size > 0 ? file->size : 1);
    if (file->size > 0) memcpy(copy, file->bytes, file->size);
    lt_clear(&fit_error);
    lt_status status = img_from_file(fit_scratch, copy, file->size, want, fit_rgb, &fit_info, &fit_error);
    free(copy);
    assert_int_equal(fit_error.status, status);
    assert_true((fit_error.text[0] == '\0') == (status == LT_OK));
    if (status != LT_OK) assert_memory_equal(before, fit_rgb, sizeof before);
    return status;
}
