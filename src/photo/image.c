#include "image.h"

#include <string.h>

#include "base/clock.h"
#include "dicom.h"
#include "exif.h"
#include "job.h"
#include "jpeg.h"
#include "png.h"

/* Most pixels a side of the result may have. */
enum { MOST_WANTED = 4096 };

/* Largest file: the decoder counts bytes in int. */
#define MOST_FILE_BYTES ((size_t)1 << 30)

static lt_status check_want(const img_want *want, lt_error *error) {
    if (want->width < 1 || want->width > MOST_WANTED || want->height < 1 || want->height > MOST_WANTED)
        return lt_fail(error, LT_ARGUMENT, "want: %u x %u pixels, 1 to %d a side are made", want->width, want->height,
                       MOST_WANTED);
    if (!(want->crop > 0.0 && want->crop <= 1.0))
        return lt_fail(error, LT_ARGUMENT, "want: crop %g is not above 0 and at most 1", want->crop);
    if (!(want->x >= 0.0 && want->x <= 1.0 && want->y >= 0.0 && want->y <= 1.0))
        return lt_fail(error, LT_ARGUMENT, "want: centre %g, %g is not within 0 and 1", want->x, want->y);
    if (want->quarter_turns > 3)
        return lt_fail(error, LT_ARGUMENT, "want: %u quarter turns, 0 to 3 are made", want->quarter_turns);
    return LT_OK;
}

static lt_status decode(img_scratch *scratch, img_job *job, const img_want *want, lt_error *error) {
    lt_status status = img_find_kind(job->bytes, job->size, &job->kind, error);
    if (status != LT_OK) return status;
    if (job->size > MOST_FILE_BYTES)
        return lt_fail(error, LT_IMAGE_SIZE, "photo: a file of %zu bytes, at most %zu are read", job->size,
                       MOST_FILE_BYTES);
    if (job->kind == LT_PHOTO_DICOM) {
        status = img_open_dicom(scratch, job, want, error);
        if (status != LT_OK || job->kind == LT_PHOTO_DICOM) return status;
    } else {
        job->orientation = exif_orientation(job->bytes, job->size);
    }
    if (job->kind == LT_PHOTO_PNG) return img_decode_png(scratch, job, want, error);
    return img_decode_jpeg(scratch, job, want, error);
}

static lt_status check_missing(const img_picture *picture, lt_error *error) {
    if (picture->missing <= LT_MOST_MISSING) return LT_OK;
    return lt_fail(error, LT_IMAGE_FORMAT, "photo: %.0f %% of the square is missing, at most %.0f %% may be",
                   100 * picture->missing, 100 * LT_MOST_MISSING);
}

/* The sides of the upright photo. */
static void upright_size(const img_job *j, uint32_t *width, uint32_t *height) {
    int lying = j->orientation >= 5;
    *width = lying ? j->picture.full_height : j->picture.full_width;
    *height = lying ? j->picture.full_width : j->picture.full_height;
}

/* What was left out since the call was to end is no damage. */
static lt_status check_cancel(const img_want *want, lt_status status, lt_error *error) {
    return cancel_seen(want->cancel) ? lt_fail(error, LT_CANCELLED, "photo: reading it was cancelled") : status;
}

/* From a decoded picture to the pixels, in sRGB. */
static void finish(const img_job *j, const img_want *want, double start, uint8_t *rgb, img_info *info) {
    const img_picture *p = &j->picture;
    double decoded = clock_ms();
    img_fit(j->fitter, p, &j->square, want, rgb);
    col_apply(&j->colour, rgb, (size_t)want->width * want->height);
    *info = (img_info){.decode_scale = p->scale,
                       .missing = p->missing,
                       .colour = j->colour.kind,
                       .decode_ms = decoded - start,
                       .resize_ms = clock_ms() - decoded};
    upright_size(j, &info->width, &info->height);
    memcpy(info->profile, j->colour.name, sizeof info->profile);
}

lt_status img_from_file(img_scratch *scratch, const uint8_t *bytes, size_t size, const img_want *want, uint8_t *rgb,
                        img_info *info, lt_error *error) {
    double start = clock_ms();
    img_job j = {.bytes = bytes, .size = size};
    lt_status status = check_want(want, error);
    if (status == LT_OK) status = decode(scratch, &j, want, error);
    if (status == LT_OK) status = check_missing(&j.picture, error);
    status = check_cancel(want, status, error);
    if (status == LT_OK) finish(&j, want, start, rgb, info);
    img_scratch_reset(scratch);
    return status;
}

/* All of decoding but the pixels; *job says what it came to. */
static lt_status plan(img_job *job, const img_want *want, lt_error *error) {
    img_scratch *scratch;
    job->only_plan = 1;
    lt_status status = img_scratch_create(want->memory, &scratch, error);
    if (status != LT_OK) return status;
    status = decode(scratch, job, want, error);
    img_scratch_free(scratch);
    return status;
}

lt_status img_bytes_needed(const uint8_t *bytes, size_t size, const img_want *want, uint64_t *out, lt_error *error) {
    img_job j = {.bytes = bytes, .size = size};
    lt_status status = check_want(want, error);
    if (status == LT_OK) status = plan(&j, want, error);
    if (status == LT_OK) *out = j.held;
    return status;
}

lt_status img_look_into(const uint8_t *bytes, size_t size, const img_want *want, img_about *out, lt_error *error) {
    const img_want least = {
        .width = 1, .height = 1, .crop = 1, .x = 0.5, .y = 0.5, .max_pixels = want->max_pixels, .memory = want->memory};
    img_job j = {.bytes = bytes, .size = size, .kind = LT_PHOTO_OTHER};
    lt_photo_kind kind;
    lt_status status = img_find_kind(bytes, size, &kind, error);
    out->kind = kind;
    if (status == LT_OK) status = plan(&j, &least, error);
    if (status != LT_OK) return status;
    *out = (img_about){.kind = kind, .orientation = j.orientation, .colour = j.colour.kind};
    upright_size(&j, &out->width, &out->height);
    memcpy(out->profile, j.colour.name, sizeof out->profile);
    return LT_OK;
}

void img_overview_size(uint32_t width, uint32_t height, uint32_t most, img_want *want) {
    uint32_t longer = width > height ? width : height, side = longer < most ? longer : most;
    want->whole = 1;
    want->width = (uint32_t)(((uint64_t)width * side + longer / 2) / longer);
    want->height = (uint32_t)(((uint64_t)height * side + longer / 2) / longer);
    if (want->width < 1) want->width = 1;
    if (want->height < 1) want->height = 1;
}

lt_status img_from_rgba(img_scratch *scratch, const uint8_t *rgba, uint32_t width, uint32_t height,
                        const img_want *want, uint8_t *rgb, img_info *info, lt_error *error) {
    enum { UPRIGHT = 1 };
    img_job j = {.orientation = UPRIGHT,
                 .picture = {.pixels = rgba,
                             .width = width,
                             .height = height,
                             .channels = 4,
                             .full_width = width,
                             .full_height = height,
                             .scale = 1}};
    col_unstated(&j.colour);
    lt_status status = check_want(want, error);
    if (status == LT_OK) status = img_check_size(width, height, want, error);
    if (status == LT_OK) {
        j.square = img_find_square(width, height, 1, UPRIGHT, want);
        status = img_fit_prepare(scratch, &j.picture, &j.square, want, &j.fitter, error);
    }
    status = check_cancel(want, status, error);
    if (status == LT_OK) finish(&j, want, clock_ms(), rgb, info);
    img_scratch_reset(scratch);
    return status;
}
