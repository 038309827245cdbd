#include "job.h"

lt_status img_check_size(uint64_t width, uint64_t height, const img_want *want, lt_error *error) {
    if (width == 0 || height == 0)
        return lt_fail(error, LT_IMAGE_SIZE, "photo: %llu x %llu pixels, nothing to see", (unsigned long long)width,
                       (unsigned long long)height);
    if (width > IMG_MOST_SIDE || height > IMG_MOST_SIDE)
        return lt_fail(error, LT_IMAGE_SIZE, "photo: %llu x %llu pixels, at most %u a side are read",
                       (unsigned long long)width, (unsigned long long)height, IMG_MOST_SIDE);
    if (width * height > want->max_pixels)
        return lt_fail(error, LT_IMAGE_SIZE, "photo: %llu x %llu pixels, at most %llu in all are read",
                       (unsigned long long)width, (unsigned long long)height, (unsigned long long)want->max_pixels);
    return LT_OK;
}

int img_begin_pixels(img_scratch *scratch, img_job *job, const img_want *want, uint64_t pieces, lt_status *status,
                     lt_error *error) {
    *status = img_fit_prepare(scratch, &job->picture, &job->square, want, &job->fitter, error);
    if (*status != LT_OK) return 0;
    job->held = img_scratch_held(scratch) + img_scratch_growth(scratch, pieces);
    if (job->only_plan) return 0;
    if (want->max_bytes > 0 && job->held + job->size > want->max_bytes)
        *status = lt_fail(error, LT_MEMORY, "photo: reading it takes %llu bytes, at most %llu are allowed",
                          (unsigned long long)(job->held + job->size), (unsigned long long)want->max_bytes);
    if (*status != LT_OK) return 0;
    if (!img_scratch_reserve(scratch, pieces)) *status = img_no_memory(pieces, error);
    return *status == LT_OK;
}
