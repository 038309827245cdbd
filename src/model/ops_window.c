/* ops_window.c - checks of the operators with weights or with a window that moves over a picture. */
#include "base/wide.h"
#include "ops_check.h"

/* Fields of the options in the file, by operator. */
enum { CONV_STRIDE = 1, CONV_ACTIVATION = 3, CONV_DILATION = 4 };
enum { DEPTHWISE_MULTIPLIER = 3, DEPTHWISE_ACTIVATION = 4, DEPTHWISE_DILATION = 5 };
enum { POOL_FILTER = 3, POOL_ACTIVATION = 5 };
enum { DENSE_ACTIVATION = 0, DENSE_FORMAT = 1, DENSE_KEEP_DIMS = 2 };

enum {
    MAX_STEP = 1 << 16,   /* stride and dilation */
    MAX_WINDOW = 1 << 12, /* elements of one window */
    /* XNNPACK pads weights to tiles of at most this many channels. */
    TILE_OUTPUTS = 64,
    TILE_INPUTS = 32
};

/* XNNPACK keeps a pointer for each element of each window, and copies the weights tile by tile. */
static const uint64_t MAX_POINTERS = UINT64_C(1) << 24;
static const uint64_t MAX_PACKED_BYTES = UINT64_C(1) << 30;
static const uint64_t MAX_SUMMANDS = UINT64_C(1) << 23;

/* Not reached by XNNPACK's fixed-point arithmetic. */
static const float MAX_RESCALE = 256;

/* How far the scale of a bias may be off, in scales of the output. */
static const float BIAS_TOLERANCE = 0.02f;

enum { ROWS = 1, COLUMNS = 2, CHANNELS = 3 }; /* axes of a picture tensor */

/* ---- windows ---- */

static const char *const side_names[2] = {"height", "width"};

/* Read padding, stride and dilation; the file puts width before height. dilation 0: there is none. */
static lt_status read_window(op_site *site, uint16_t dilation) {
    tfl_params *params = &site->op->params;
    if (op_failed(site)) return site->file->status;
    uint8_t padding = fb_u8(site->file, site->options, 0, 0, "padding");
    if (padding > 1) return fb_fail(site->file, LT_MODEL_UNSUPPORTED, "padding of kind %u", (unsigned)padding);
    params->window.same = padding == 0;
    for (uint16_t side = 0; side < 2; side++) {
        uint16_t other = (uint16_t)(1 - side);
        int32_t stride = fb_i32(site->file, site->options, (uint16_t)(CONV_STRIDE + other), 0, "stride");
        int32_t step = dilation ? fb_i32(site->file, site->options, (uint16_t)(dilation + other), 1, "dilation") : 1;
        if (stride < 1 || stride > MAX_STEP)
            return fb_fail(site->file, LT_MODEL_FORMAT, "stride %s is %d", side_names[side], (int)stride);
        if (step < 1 || step > MAX_STEP)
            return fb_fail(site->file, LT_MODEL_FORMAT, "dilation %s is %d", side_names[side], (int)step);
        params->window.stride[side] = (uint32_t)stride;
        params->window.dilation[side] = (uint32_t)step;
    }
    return LT_OK;
}

/* Rows and columns that the window gives; the kernel, stride, dilation and padding are set. */
static lt_status slide(const op_site *site, uint32_t out[2]) {
    const tfl_params *params = &site->op->params;
    const tfl_tensor *input = op_input(site, 0);
    if (op_failed(site)) return site->file->status;
    uint64_t window = (uint64_t)params->window.kernel[0] * params->window.kernel[1];
    if (window > MAX_WINDOW)
        return fb_fail(site->file, LT_MODEL_UNSUPPORTED, "window of %llu elements", (unsigned long long)window);
    for (uint32_t side = 0; side < 2; side++) {
        uint32_t size = input->dims[ROWS + side], stride = params->window.stride[side];
        uint64_t span = tfl_reach(params, side);
        if (!params->window.same && span > size)
            return fb_fail(site->file, LT_MODEL_FORMAT, "window %s %llu is larger than the input's %u",
                           side_names[side], (unsigned long long)span, (unsigned)size);
        out[side] = params->window.same ? (size - 1) / stride + 1 : (uint32_t)((size - span) / stride) + 1;
    }
    if ((uint64_t)out[0] * out[1] > MAX_POINTERS / window)
        return fb_fail(site->file, LT_MODEL_UNSUPPORTED, "%ux%u windows of %llu elements", (unsigned)out[0],
                       (unsigned)out[1], (unsigned long long)window);
    return LT_OK;
}

/* ---- weights ---- */

/* Is input 1 int8, with a scale, under an f32 input 0? That is quantised while the network runs. */
static int is_dynamic(const op_site *site) {
    return LT_WIDE && op_is_dynamic(site->graph, site->op);
}

/* Input 1: constant weights of that rank; int8 ones are per tensor or per output channel. */
static lt_status need_weights(const op_site *site, uint32_t rank, uint32_t channel_axis) {
    const tfl_tensor *input = op_input(site, 0), *weights = op_input(site, 1);
    if (op_failed(site)) return site->file->status;
    op_need_constant(site, 1, is_dynamic(site) ? TFL_I8 : input->type, rank);
    if (op_failed(site) || weights->type != TFL_I8) return site->file->status;
    if (weights->scale_count == 0) return fb_fail(site->file, LT_MODEL_FORMAT, "the weights are int8 without a scale");
    if (!LT_WIDE && weights->zero_point != 0)
        return fb_fail(site->file, LT_MODEL_UNSUPPORTED, "the weights' zero point is %d, not 0",
                       (int)weights->zero_point);
    if (weights->scale_count > 1 && weights->channel_axis != channel_axis)
        return fb_fail(site->file, LT_MODEL_FORMAT, "the weights' scales belong to axis %u, not %u",
                       (unsigned)weights->channel_axis, (unsigned)channel_axis);
    return LT_OK;
}

/* Input 2, where there is one: a constant with a value for each channel, scaled as the products are. */
static lt_status need_bias(const op_site *site, uint32_t channels) {
    const tfl_tensor *input = op_input(site, 0), *weights = op_input(site, 1), *bias = op_input(site, 2);
    if (op_failed(site) || !bias) return site->file->status;
    if (op_need_constant(site, 2, input->type == TFL_I8 ? TFL_I32 : TFL_F32, 1) != LT_OK) return site->file->status;
    if (bias->dims[0] != channels)
        return fb_fail(site->file, LT_MODEL_FORMAT, "%u biases for %u channels", (unsigned)bias->dims[0],
                       (unsigned)channels);
    if (input->type != TFL_I8 || bias->scale_count == 0) return LT_OK;
    if (bias->scale_count != weights->scale_count || bias->zero_point != 0)
        return fb_fail(site->file, LT_MODEL_FORMAT, "the bias has %u scales, the weights have %u",
                       (unsigned)bias->scale_count, (unsigned)weights->scale_count);
    float output_scale = op_output(site)->scales[0];
    for (uint32_t i = 0; i < bias->scale_count; i++) {
        float wanted = input->scales[0] * weights->scales[i], off = bias->scales[i] - wanted;
        if (!(off <= BIAS_TOLERANCE * output_scale && off >= -BIAS_TOLERANCE * output_scale))
            return fb_fail(site->file, LT_MODEL_FORMAT, "scale %u of the bias is %g, input and weights give %g",
                           (unsigned)i, (double)bias->scales[i], (double)wanted);
    }
    return LT_OK;
}

/* The int8 sums have to be scaled to the output by less than MAX_RESCALE. */
static lt_status need_rescale(const op_site *site) {
    const tfl_tensor *input = op_input(site, 0), *weights = op_input(site, 1), *output = op_output(site);
    if (op_failed(site) || input->type != TFL_I8) return site->file->status;
    for (uint32_t i = 0; i < weights->scale_count; i++)
        if (!(input->scales[0] * weights->scales[i] / output->scales[0] < MAX_RESCALE))
            return fb_fail(site->file, LT_MODEL_UNSUPPORTED, "scale %u of the weights is too large for the output's",
                           (unsigned)i);
    return LT_OK;
}

static uint64_t round_up(uint64_t value, uint64_t step) {
    return (value + step - 1) / step * step;
}

/* groups sets of weights, each [outputs, window, inputs], have to fit in memory once padded to tiles. */
static lt_status need_packable(const op_site *site, uint64_t groups, uint64_t outputs, uint64_t window,
                               uint64_t inputs) {
    uint64_t rows = groups * round_up(outputs, TILE_OUTPUTS), columns = window * round_up(inputs, TILE_INPUTS);
    if (rows > MAX_PACKED_BYTES / sizeof(float) / columns)
        fb_fail(site->file, LT_MODEL_UNSUPPORTED, "the weights are too large");
    return site->file->status;
}

/* Weights that no fixed-point kernel takes are computed for one picture. */
static lt_status need_one_picture(const op_site *site, uint32_t rank) {
    const tfl_tensor *input = op_input(site, 0);
    int is_ours = op_is_dynamic(site->graph, site->op) || op_is_uneven(site->graph, site->op);
    if (rank < 4 || site->op->kind->code == OP_FULLY_CONNECTED || !is_ours || input->dims[0] == 1) return LT_OK;
    return fb_fail(site->file, LT_MODEL_UNSUPPORTED, "such weights, and %u pictures at once", (unsigned)input->dims[0]);
}

/* What is left to check of a convolution or dense layer once the output's shape is derived. */
static lt_status finish_weighted(op_site *site, uint32_t rank, const uint32_t *dims, uint16_t activation) {
    op_need_output(site, op_input(site, 0)->type);
    op_need_shape(site, rank, dims);
    if (LT_WIDE) need_one_picture(site, rank);
    need_bias(site, dims[rank - 1]);
    need_rescale(site);
    return op_read_activation(site, activation);
}

/* ---- operators ---- */

lt_status op_check_conv(op_site *site) {
    op_need_computed(site, 0, 4);
    need_weights(site, 4, 0);
    if (read_window(site, CONV_DILATION) != LT_OK) return site->file->status;
    const tfl_tensor *input = op_input(site, 0), *weights = op_input(site, 1);
    tfl_params *params = &site->op->params;
    uint32_t depth = input->dims[CHANNELS], filters = weights->dims[0], filter_depth = weights->dims[3];
    uint32_t groups = depth / filter_depth;
    if (depth % filter_depth != 0 || filters % groups != 0)
        return fb_fail(site->file, LT_MODEL_FORMAT, "%u filters of depth %u do not fit an input of depth %u",
                       (unsigned)filters, (unsigned)filter_depth, (unsigned)depth);
    params->window.kernel[0] = weights->dims[1];
    params->window.kernel[1] = weights->dims[2];
    params->window.groups = groups;
    uint32_t out[2] = {0, 0};
    slide(site, out);
    need_packable(site, groups, filters / groups, weights->dims[1] * weights->dims[2], filter_depth);
    return finish_weighted(site, 4, (uint32_t[]){input->dims[0], out[0], out[1], filters}, CONV_ACTIVATION);
}

lt_status op_check_depthwise(op_site *site) {
    op_need_computed(site, 0, 4);
    need_weights(site, 4, CHANNELS);
    if (read_window(site, DEPTHWISE_DILATION) != LT_OK) return site->file->status;
    const tfl_tensor *input = op_input(site, 0), *weights = op_input(site, 1);
    tfl_params *params = &site->op->params;
    uint32_t depth = input->dims[CHANNELS], channels = weights->dims[CHANNELS];
    int32_t stated = fb_i32(site->file, site->options, DEPTHWISE_MULTIPLIER, 0, "depth multiplier");
    if (weights->dims[0] != 1 || channels % depth != 0)
        return fb_fail(site->file, LT_MODEL_FORMAT, "%u filter channels do not fit an input of depth %u",
                       (unsigned)channels, (unsigned)depth);
    params->window.multiplier = channels / depth;
    if (stated != 0 && (uint32_t)stated != params->window.multiplier)
        return fb_fail(site->file, LT_MODEL_FORMAT, "depth multiplier is %d, the weights give %u", (int)stated,
                       (unsigned)params->window.multiplier);
    params->window.kernel[0] = weights->dims[1];
    params->window.kernel[1] = weights->dims[2];
    uint32_t out[2] = {0, 0};
    slide(site, out);
    need_packable(site, depth, params->window.multiplier, weights->dims[1] * weights->dims[2], 1);
    return finish_weighted(site, 4, (uint32_t[]){input->dims[0], out[0], out[1], channels}, DEPTHWISE_ACTIVATION);
}

lt_status op_check_dense(op_site *site) {
    op_need_computed(site, 0, 0);
    if (need_weights(site, 2, 0) != LT_OK) return site->file->status;
    const tfl_tensor *input = op_input(site, 0), *weights = op_input(site, 1);
    uint32_t units = weights->dims[0], depth = weights->dims[1], last = input->rank - 1;
    if (fb_u8(site->file, site->options, DENSE_FORMAT, 0, "weights format") != 0)
        return fb_fail(site->file, LT_MODEL_UNSUPPORTED, "shuffled weights");
    int keep = fb_u8(site->file, site->options, DENSE_KEEP_DIMS, 0, "keep_num_dims") != 0;
    if (keep ? input->dims[last] != depth : input->elements % depth != 0)
        return fb_fail(site->file, LT_MODEL_FORMAT, "weights of depth %u do not fit the input", (unsigned)depth);
    need_packable(site, 1, units, 1, depth);
    uint32_t dims[TFL_MAX_RANK] = {(uint32_t)(input->elements / depth), units};
    for (uint32_t i = 0; keep && i < last; i++) dims[i] = input->dims[i];
    if (keep) dims[last] = units;
    site->op->params.flatten = !keep;
    return finish_weighted(site, keep ? input->rank : 2, dims, DENSE_ACTIVATION);
}

/* Reads a pooling operator and derives its output; the activation is left to the caller. */
static lt_status check_pool(op_site *site) {
    op_need_computed(site, 0, 4);
    if (read_window(site, 0) != LT_OK) return site->file->status;
    const tfl_tensor *input = op_input(site, 0);
    for (uint16_t side = 0; side < 2; side++) {
        int32_t size = fb_i32(site->file, site->options, (uint16_t)(POOL_FILTER + 1 - side), 0, "filter");
        if (size < 1 || size > MAX_STEP)
            return fb_fail(site->file, LT_MODEL_FORMAT, "filter %s is %d", side_names[side], (int)size);
        site->op->params.window.kernel[side] = (uint32_t)size;
    }
    uint32_t out[2] = {0, 0};
    slide(site, out);
    op_need_output(site, input->type);
    op_need_shape(site, 4, (uint32_t[]){input->dims[0], out[0], out[1], input->dims[CHANNELS]});
    return op_read_activation(site, POOL_ACTIVATION);
}

lt_status op_check_max_pool(op_site *site) {
    if (check_pool(site) != LT_OK) return site->file->status;
    const tfl_params *params = &site->op->params;
    int picks = params->window.kernel[0] == 1 && params->window.kernel[1] == 1; /* defined as an average */
    for (uint32_t side = 0; side < 2 && !picks; side++)
        if (params->window.stride[side] > params->window.kernel[side])
            return fb_fail(site->file, LT_MODEL_UNSUPPORTED, "stride %s %u is larger than the window's %u",
                           side_names[side], (unsigned)params->window.stride[side],
                           (unsigned)params->window.kernel[side]);
    return op_need_same_scale(site);
}

lt_status op_need_mean_fits(const op_site *site) {
    const tfl_tensor *input = op_input(site, 0);
    if (op_failed(site)) return site->file->status;
    if ((uint64_t)input->dims[ROWS] * input->dims[COLUMNS] > MAX_SUMMANDS)
        return fb_fail(site->file, LT_MODEL_UNSUPPORTED, "mean over %ux%u values", (unsigned)input->dims[ROWS],
                       (unsigned)input->dims[COLUMNS]);
    return LT_OK;
}

lt_status op_check_average_pool(op_site *site) {
    if (check_pool(site) != LT_OK) return site->file->status;
    const tfl_tensor *input = op_input(site, 0), *output = op_output(site);
    if (op_is_global_pool(site->graph, site->op)) return op_need_mean_fits(site);
    /* XNNPACK takes the rows that need padding above and below to be apart. */
    uint32_t padding[4], stride = site->op->params.window.stride[0];
    tfl_padding(input, output, &site->op->params, padding);
    if (round_up(padding[0], stride) / stride + round_up(padding[1], stride) / stride > output->dims[ROWS])
        return fb_fail(site->file, LT_MODEL_UNSUPPORTED, "the window is too large for a padded input of %u rows",
                       (unsigned)input->dims[ROWS]);
    return LT_OK;
}
