/* bench.c - `lentigo bench`: how fast the engine is on this machine. */
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>

#include "base/clock.h"
#include "base/json.h"
#include "cli.h"

/* One measurement under way. */
typedef struct bench {
    const cli_settings *settings;
    lt_engine *engine;
    double *samples; /* [TIMES, runs] ms, scratch */
    lt_result *by_default, *in_full; /* the last answers, as a photo is decoded by default, and in full */
} bench;

/* What is timed on the way of a photo. */
enum { DECODE, RESIZE, INFER, TOTAL, TIMES };

typedef struct figure {
    const char *name;
    double value;
} figure;

/* ---- output ---------------------------------------------------------------------------------- */

/* What the machine calls its processor: text ([capacity]). */
static void processor_name(char *text, size_t capacity) {
    struct utsname about;
    char line[256];
    (void)snprintf(text, capacity, "%s", uname(&about) == 0 ? about.machine : "unknown");
    FILE *file = fopen("/proc/cpuinfo", "re");
    if (!file) return;
    while (fgets(line, sizeof line, file)) {
        const char *colon = strncmp(line, "model name", 10) == 0 ? strchr(line, ':') : NULL;
        if (!colon) continue;
        (void)snprintf(text, capacity, "%s", colon + 1 + strspn(colon + 1, " \t"));
        text[strcspn(text, "\n")] = '\0';
        break;
    }
    (void)fclose(file);
}

/* {"subject":…,"decode_ms":…}, one line, or a heading and a line a figure. */
static void print_figures(const bench *b, const char *subject, const figure *figures, size_t count) {
    char text[6 * PATH_MAX + 1024]; /* a name with every byte escaped, and the figures */
    json_out out;
    if (!b->settings->json) {
        printf("\n");
        cli_print_text(stdout, subject);
        printf("\n");
        for (size_t i = 0; i < count; i++) printf("  %-16s %12.3f\n", figures[i].name, figures[i].value);
        return;
    }
    json_begin(&out, text, sizeof text);
    json_raw(&out, "{\"subject\":");
    json_string(&out, subject);
    for (size_t i = 0; i < count; i++) {
        json_raw(&out, ",");
        json_string(&out, figures[i].name);
        json_raw(&out, ":");
        json_milli(&out, figures[i].value);
    }
    json_raw(&out, "}");
    (void)json_end(&out);
    puts(text);
}

/* ---- measuring ------------------------------------------------------------------------------- */

static int compare(const void *a, const void *b) {
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

/* The median of row `which` of the samples, which gets sorted. */
static double median(const bench *b, int which) {
    uint32_t runs = b->settings->runs;
    double *row = b->samples + (size_t)which * runs;
    qsort(row, runs, sizeof *row, compare);
    return row[runs / 2];
}

static void keep(const bench *b, uint32_t run, const lt_result *result, double total) {
    size_t runs = b->settings->runs;
    b->samples[DECODE * runs + run] = result->decode_ms;
    b->samples[RESIZE * runs + run] = result->resize_ms;
    b->samples[INFER * runs + run] = result->infer_ms;
    b->samples[TOTAL * runs + run] = total;
}

/*
 * Inference alone, and the whole call with measures and decision, on a grey picture of the network's size, opaque as photos
 * are: otherwise neither time depends on the pixels.
 */
static lt_status measure_inference(const bench *b) {
    const lt_model *model = lt_get_model(b->engine);
    size_t bytes = (size_t)model->width * model->height * 4;
    lt_result *result = b->by_default;
    uint8_t *grey = malloc(bytes);
    if (!grey) return LT_MEMORY;
    memset(grey, 128, bytes);
    for (size_t alpha = 3; alpha < bytes; alpha += 4) grey[alpha] = 255;
    lt_status status = lt_classify_rgba(b->engine, grey, model->width, model->height, NULL, result);
    for (uint32_t i = 0; i < b->settings->runs && status == LT_OK; i++) {
        double start = clock_ms();
        status = lt_classify_rgba(b->engine, grey, model->width, model->height, NULL, result);
        keep(b, i, result, clock_ms() - start);
    }
    free(grey);
    if (status != LT_OK) return status;
    size_t runs = b->settings->runs;
    figure figures[] = {{"inference ms", median(b, INFER)},
                        {"fastest ms", b->samples[INFER * runs]},
                        {"call ms", median(b, TOTAL)},
                        {"fastest call ms", b->samples[TOTAL * runs]},
                        {"peak MB", (double)lt_peak_bytes(b->engine) / 1e6}};
    print_figures(b, "inference", figures, sizeof figures / sizeof *figures);
    return LT_OK;
}

/* The way of one photo, `runs` times after one to warm up; *result is the last one's. */
static lt_status measure_way(const bench *b, lt_engine *engine, const uint8_t *bytes, size_t size, lt_result *result) {
    lt_status status = cli_classify_bytes(engine, bytes, size, NULL, 1, result);
    for (uint32_t i = 0; i < b->settings->runs && status == LT_OK; i++) {
        double start = clock_ms();
        status = cli_classify_bytes(engine, bytes, size, NULL, 1, result);
        keep(b, i, result, clock_ms() - start);
    }
    return status;
}

static double largest_difference(const lt_result *a, const lt_result *b) {
    float largest = 0.0f;
    for (uint32_t i = 0; i < a->label_count; i++)
        largest = fmaxf(largest, fabsf(a->probabilities[i] - b->probabilities[i]));
    return (double)largest;
}

/* A photo as it is decoded by default, and by an engine that always decodes in full. */
static lt_status measure_photo(const bench *b, lt_engine *full, const char *file, const uint8_t *bytes, size_t size) {
    const lt_result *by_default = b->by_default;
    lt_status status = measure_way(b, b->engine, bytes, size, b->by_default);
    if (status != LT_OK) return status;
    double times[TIMES];
    for (int i = 0; i < TIMES; i++) times[i] = median(b, i);
    status = measure_way(b, full, bytes, size, b->in_full);
    if (status != LT_OK) return status;
    figure figures[] = {{"megapixels", (double)by_default->photo_width * by_default->photo_height / 1e6},
                        {"decoded at 1/", (double)by_default->decode_scale},
                        {"decode ms", times[DECODE]},
                        {"resize ms", times[RESIZE]},
                        {"inference ms", times[INFER]},
                        {"total ms", times[TOTAL]},
                        {"full decode ms", median(b, DECODE)},
                        {"full resize ms", median(b, RESIZE)},
                        {"full total ms", median(b, TOTAL)},
                        {"difference", largest_difference(by_default, b->in_full)}};
    print_figures(b, file, figures, sizeof figures / sizeof *figures);
    return LT_OK;
}

/* Sides of the squares that are read, over the photo's shorter side; 0 is the model's own crop in the centre. */
static const float sides[] = {0.0f, 0.45f, 0.25f, 0.15f};

/* A square around the centre by a fresh engine, so that what it holds is this photo's alone; *centre is the time of the
 * first of them. */
static lt_status measure_square(const bench *b, lt_engine *engine, const char *subject, lt_photo *photo, float side,
                                double *centre) {
    lt_request request;
    uint64_t told = 0;
    size_t before = lt_peak_bytes(engine);
    lt_request_default(&request);
    request.side = side;
    lt_status status = lt_photo_bytes(photo, &request, &told);
    for (uint32_t i = 0; i < b->settings->runs && status == LT_OK; i++) {
        status = lt_photo_classify(photo, &request, b->by_default);
        if (status == LT_OK) keep(b, i, b->by_default, 0.0);
    }
    if (status != LT_OK) return status;
    double decode = median(b, DECODE);
    if (side == 0.0f) *centre = decode;
    figure figures[] = {{"side", (double)side},          {"decoded at 1/", (double)b->by_default->decode_scale},
                        {"decode ms", decode},           {"over the centre", decode / *centre},
                        {"told MB", (double)told / 1e6}, {"held MB", (double)(lt_peak_bytes(engine) - before) / 1e6}};
    print_figures(b, subject, figures, sizeof figures / sizeof *figures);
    return LT_OK;
}

/* The time and memory that squares of a photo take, beside what is told of them beforehand. */
static lt_status measure_squares(const bench *b, const char *file, const uint8_t *bytes, size_t size) {
    lt_status status = LT_OK;
    double centre = 0.0;
    for (size_t i = 0; i < sizeof sides / sizeof *sides && status == LT_OK; i++) {
        lt_engine *engine = cli_open(b->settings);
        lt_photo *photo = NULL;
        if (!engine) return LT_MEMORY;
        status = lt_photo_open(engine, bytes, size, &photo);
        if (status == LT_OK) status = measure_square(b, engine, file, photo, sides[i], &centre);
        lt_photo_close(photo);
        lt_destroy(engine);
    }
    return status;
}

/* ---- the command ----------------------------------------------------------------------------- */

static int bench_file(const bench *b, lt_engine *full, const char *file) {
    uint8_t *bytes;
    size_t size;
    const char *reason = cli_read_file(file, CLI_MAX_PHOTO, &bytes, &size);
    lt_status status = reason ? LT_OK : measure_photo(b, full, file, bytes, size);
    if (!reason && status == LT_OK) status = measure_squares(b, file, bytes, size);
    free(bytes);
    if (status != LT_OK) reason = cli_reason(b->engine, status);
    if (!reason) return CLI_OK;
    cli_complain("", file, reason);
    return CLI_FAILED;
}

static void print_heading(const bench *b) {
    char processor[128];
    const lt_model *model = lt_get_model(b->engine);
    if (b->settings->json) return;
    processor_name(processor, sizeof processor);
    printf("%s, %u thread%s; medians of %u runs\n", processor, (unsigned)b->settings->threads,
           b->settings->threads > 1 ? "s" : "", (unsigned)b->settings->runs);
    cli_print_text(stdout, model->name);
    printf(" ");
    cli_print_text(stdout, model->version);
    printf(", %u x %u pixels\n", (unsigned)model->width, (unsigned)model->height);
}

int cli_bench(const cli_settings *settings, const cli_files *files) {
    cli_settings full_settings = *settings;
    full_settings.full_decode = 1;
    lt_engine *own = cli_open(settings), *full = own ? cli_open(&full_settings) : NULL;
    if (!full) {
        lt_destroy(own);
        return CLI_FAILED;
    }
    bench b = {settings, own, malloc(sizeof(double) * TIMES * settings->runs), NULL, NULL};
    int ready =
        b.samples && lt_result_create(own, &b.by_default) == LT_OK && lt_result_create(full, &b.in_full) == LT_OK;
    int code = ready ? CLI_OK : CLI_FAILED;
    if (code == CLI_OK) {
        print_heading(&b);
        code = measure_inference(&b) == LT_OK ? CLI_OK : CLI_FAILED;
    }
    if (code != CLI_OK) fprintf(stderr, "lentigo: %s\n", cli_reason(own, LT_MEMORY));
    for (int i = 0; i < files->count && ready; i++)
        if (bench_file(&b, full, files->names[i]) != CLI_OK) code = CLI_FAILED;
    free(b.samples);
    lt_result_free(b.by_default);
    lt_result_free(b.in_full);
    lt_destroy(own);
    lt_destroy(full);
    return code;
}
