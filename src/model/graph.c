#include "graph.h"

#include <math.h>

#include "base/wide.h"

enum { ROWS = 1 }; /* axis of a picture tensor; the columns follow */

/* All types of the format, by their number. */
static const char *const type_names[] = {
    "FLOAT32", "FLOAT16", "INT32",      "UINT8",  "INT64",    "STRING",  "BOOL",   "INT16",  "COMPLEX64",
    "INT8",    "FLOAT64", "COMPLEX128", "UINT64", "RESOURCE", "VARIANT", "UINT32", "UINT16", "INT4",
};

const char *tfl_type_name(tfl_type type) {
    return type < sizeof type_names / sizeof type_names[0] ? type_names[type] : "unknown";
}

size_t tfl_type_size(tfl_type type) {
    if (LT_WIDE && type == TFL_F16) return 2;
    return type == TFL_I8 || (LT_WIDE && type == TFL_U8) ? 1 : 4;
}

int tfl_same_scale(const tfl_tensor *a, const tfl_tensor *b) {
    return a->scales[0] == b->scales[0] && a->zero_point == b->zero_point;
}

void tfl_bounds(tfl_activation activation, float *least, float *most) {
    static const struct {
        float least, most;
    } bounds[] = {
        [TFL_ACT_NONE] = {-INFINITY, INFINITY},
        [TFL_ACT_RELU] = {0, INFINITY},
        [TFL_ACT_RELU_N1_TO_1] = {-1, 1},
        [TFL_ACT_RELU6] = {0, 6},
    };
    *least = bounds[activation].least;
    *most = bounds[activation].most;
}

uint64_t tfl_reach(const tfl_params *params, uint32_t side) {
    return (uint64_t)(params->window.kernel[side] - 1) * params->window.dilation[side] + 1;
}

void tfl_padding(const tfl_tensor *input, const tfl_tensor *output, const tfl_params *params, uint32_t out[4]) {
    for (uint32_t side = 0; side < 2; side++) {
        uint64_t need =
            (uint64_t)(output->dims[ROWS + side] - 1) * params->window.stride[side] + tfl_reach(params, side);
        uint64_t size = input->dims[ROWS + side];
        /* The odd one goes behind, as in TensorFlow. */
        uint32_t total = params->window.same && need > size ? (uint32_t)(need - size) : 0;
        out[2 * side] = total / 2;
        out[2 * side + 1] = total - total / 2;
    }
}
