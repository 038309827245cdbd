/* bench.h - what tests of the public interface start with: an engine, a small model, a photo. */
#ifndef BENCH_H
#define BENCH_H

#include "lentigo.h"
#include "smallnet.h"

/* The document in the small model, and the shares of its classes that the log prior there stands for. */
extern const char bench_metadata[];
extern const float bench_shares[SMALLNET_CLASSES];

/* A picture of 2 x 2 pixels, as a PNG file and as [2, 2, 4] u8. */
extern const uint8_t bench_png[];
extern const size_t bench_png_size;
extern const uint8_t bench_pixels[16];

typedef struct bench {
    lt_engine *engine;
    mk_model *model;
    lt_result *result; /* for its model */
} bench;

/* The small network, written, with the document in it; the caller frees it. */
mk_model *bench_model(int with_softmax, const char *document);

lt_status bench_load(lt_engine *engine, const mk_model *m);

/* Around each test that wants one: *state is a bench with the small network and the document above loaded. */
int bench_set_up(void **state);
int bench_tear_down(void **state);

/* The defaults with that prior; good until the next call. */
const lt_request *bench_request(lt_prior prior);

/* A result for the model that an engine has loaded; the caller frees it. */
lt_result *bench_result(lt_engine *engine);

/* A copy of a result, for the same model; the caller frees it. */
lt_result *bench_keep(lt_engine *engine, const lt_result *result);

/* Do two results say the same, but for times? */
int bench_same(const lt_result *a, const lt_result *b);

/* Classify the PNG file into b->result. */
lt_status bench_classify(bench *b, lt_prior prior);

#define WITH_MODEL(test) cmocka_unit_test_setup_teardown(test, bench_set_up, bench_tear_down)

#endif
