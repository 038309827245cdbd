/* dw.c - the way of a depthwise convolution, the same for all instructions: sizes, packing, the ring of rows. */
#include "dw.h"

#include <string.h>

enum { ALIGNMENT = 64, WORD = 4 }; /* bytes; WORD: a lane */

/* Sizes that follow from form and shape. */
typedef struct plan {
    uint64_t groups, blocks;          /* of channels; of a row */
    uint32_t window_rows, window_columns; /* in blocks */
    uint32_t rows_at_once;            /* output rows that start in one row of blocks */
    uint32_t parities;                /* of the first column */
    uint32_t advance;                 /* rows of blocks from unit to unit */
    uint64_t set_bytes, row_bytes, pixel_bytes;
} plan;

static uint64_t aligned(uint64_t bytes) {
    return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

static plan plan_of(const dw_form *form, const kn_shape *s) {
    plan p = {.groups = (s->channels + form->lanes - 1) / form->lanes};
    uint32_t side = s->kernel[0], stride = s->stride[0];
    p.window_columns = (side + 1) / 2;
    p.window_rows = form->block_rows == 2 ? (side + 1) / 2 : side;
    p.parities = stride == 1 ? 2 : 1;
    p.rows_at_once = form->block_rows == 2 && stride == 1 ? 2 : 1;
    p.advance = p.rows_at_once * stride / form->block_rows;
    uint64_t steps = ((uint64_t)s->out_width + DW_COLUMNS - 1) / DW_COLUMNS;
    p.blocks = steps * DW_COLUMNS * stride / 2 + p.window_columns - 1;
    p.set_bytes = (uint64_t)form->lanes * WORD * (2 + p.window_rows * p.window_columns * p.parities);
    p.row_bytes = p.blocks * p.groups * form->lanes * WORD;
    p.pixel_bytes = aligned((uint64_t)s->channels + KN_SLACK);
    return p;
}

static uint64_t scratch_of(const plan *p) {
    return p->window_rows * aligned(p->row_bytes) + p->pixel_bytes;
}

int dw_takes(const kn_kind *kind, const kn_shape *s) {
    const dw_form *form = kind->form;
    uint32_t side = s->kernel[0], stride = s->stride[0];
    if (!s->depthwise || s->channels != s->out_channels || s->channels < form->lanes) return 0;
    if ((side != 3 && side != 5) || s->kernel[1] != side || stride < 1 || stride > 2 || s->stride[1] != stride)
        return 0;
    plan p = plan_of(form, s);
    return p.row_bytes <= KN_MAX_SCRATCH && scratch_of(&p) <= KN_MAX_SCRATCH;
}

size_t dw_packed_bytes(const kn_kind *kind, const kn_shape *s) {
    plan p = plan_of(kind->form, s);
    return (size_t)(p.pixel_bytes + p.rows_at_once * p.groups * p.set_bytes);
}

size_t dw_scratch_bytes(const kn_kind *kind, const kn_shape *s) {
    plan p = plan_of(kind->form, s);
    return (size_t)scratch_of(&p);
}

uint32_t dw_units(const kn_kind *kind, const kn_shape *s) {
    uint32_t at_once = plan_of(kind->form, s).rows_at_once;
    return (s->out_height - 1) / at_once + 1;
}

/* ---- packing ---- */

/* Where the last group starts that would reach over the end: as many channels before it as a group has. */
static size_t first_channel(const dw_form *form, const kn_shape *s, size_t group) {
    size_t channel = group * form->lanes, last = s->channels - form->lanes;
    return channel < last ? channel : last;
}

/* Where the tap lies, in bytes behind the taps' start, in a window that starts `down` rows and `right` columns into one. */
static size_t tap_offset(const dw_form *form, const plan *p, uint32_t down, uint32_t right) {
    uint32_t block = down / form->block_rows * p->window_columns + right / 2;
    size_t at = (size_t)block * p->parities * form->lanes * WORD;
    return at + (form->block_rows == 2 ? down % 2 * 2 + right % 2 : right % 2 * sizeof(int16_t));
}

/* One tap of all channels, to `taps` in the first set. */
static void pack_tap(const dw_form *form, const plan *p, const kn_shape *s, const int8_t *weights, uint8_t *taps) {
    for (size_t group = 0; group < p->groups; group++, taps += p->set_bytes) {
        const int8_t *from = weights + first_channel(form, s, group), *end = from + form->lanes;
        uint8_t *to = taps;
        if (form->block_rows == 2)
            for (; from < end; to += WORD) *to = (uint8_t)*from++;
        else
            for (; from < end; to += WORD) memcpy(to, &(int16_t){*from++}, sizeof(int16_t));
    }
}

static void pack_taps(const dw_form *form, const plan *p, const kn_conv *conv, uint32_t parity, uint8_t *sets) {
    const kn_shape *s = &conv->shape;
    uint32_t side = s->kernel[0];
    size_t vector = (size_t)form->lanes * WORD;
    for (uint32_t i = 0; i < side * side; i++)
        for (uint32_t right = 0; right < p->parities; right++)
            pack_tap(form, p, s, conv->weights + (size_t)i * s->channels,
                     sets + (2 + right) * vector + tap_offset(form, p, i / side + parity, i % side + right));
}

static void pack_lane(const dw_form *form, const kn_conv *conv, uint32_t lane, uint32_t channel, uint8_t *set) {
    const kn_shape *s = &conv->shape;
    int32_t start = kn_start(conv, channel, conv->weights + channel, (size_t)s->kernel[0] * s->kernel[1], s->channels,
                             s->input_zero + form->flip);
    float scale = kn_scale(conv, channel);
    memcpy(set + (size_t)lane * WORD, &start, WORD);
    memcpy(set + ((size_t)form->lanes + lane) * WORD, &scale, WORD);
}

/* Starts and scales of a group, the same in all parities. */
static void pack_ends(const dw_form *form, const plan *p, const kn_conv *conv, uint32_t parity, size_t group,
                      uint8_t *set) {
    uint32_t channel = (uint32_t)first_channel(form, &conv->shape, group);
    if (parity > 0)
        memcpy(set, set - p->groups * p->set_bytes, (size_t)form->lanes * WORD * 2);
    else
        for (uint32_t lane = 0; lane < form->lanes; lane++) pack_lane(form, conv, lane, channel + lane, set);
}

void dw_pack(const kn_kind *kind, const kn_conv *conv, void *packed) {
    const dw_form *form = kind->form;
    plan p = plan_of(form, &conv->shape);
    uint8_t *set = (uint8_t *)packed + p.pixel_bytes;
    memset(packed, conv->shape.input_zero, conv->shape.channels);
    for (uint32_t parity = 0; parity < p.rows_at_once; parity++) {
        pack_taps(form, &p, conv, parity, set);
        for (size_t group = 0; group < p.groups; group++, set += p.set_bytes)
            pack_ends(form, &p, conv, parity, group, set);
    }
}

/* ---- running ---- */

/* What the rows of one call have in common. */
typedef struct work {
    const dw_form *form;
    const kn_shape *shape;
    plan p;
    const uint8_t *packed;
    const int8_t *in;
    uint8_t *ring; /* [window_rows] rows of blocks */
} work;

static uint8_t *ring_row(const work *w, uint64_t row) {
    return w->ring + row % w->p.window_rows * aligned(w->p.row_bytes);
}

static void weave(const work *w, uint64_t row) {
    const kn_shape *s = w->shape;
    dw_weave job = {.outside = (const int8_t *)w->packed,
                    .width = s->width,
                    .channels = s->channels,
                    .groups = (uint32_t)w->p.groups,
                    .blocks = (uint32_t)w->p.blocks,
                    .left = -(int64_t)s->pad_left,
                    .out = ring_row(w, row)};
    for (uint32_t i = 0; i < w->form->block_rows; i++) {
        int64_t y = (int64_t)(row * w->form->block_rows + i) - s->pad_top;
        if (y >= 0 && y < s->height) job.rows[i] = w->in + (size_t)y * s->width * s->channels;
    }
    w->form->weave(&job);
}

/* Compute the output rows of a unit, whose blocks are in the ring. */
static void compute(const work *w, uint32_t unit, int8_t *out) {
    const kn_shape *s = w->shape;
    const plan *p = &w->p;
    dw_row job = {.window_rows = p->window_rows,
                  .groups = (uint32_t)p->groups,
                  .channels = s->channels,
                  .width = s->out_width,
                  .spare = (int8_t *)w->ring + p->window_rows * aligned(p->row_bytes),
                  .zero = s->output_zero,
                  .min = s->output_min,
                  .max = s->output_max};
    for (uint32_t i = 0; i < p->window_rows; i++) job.rows[i] = ring_row(w, (uint64_t)unit * p->advance + i);
    for (uint32_t parity = 0; parity < p->rows_at_once; parity++) {
        uint32_t y = unit * p->rows_at_once + parity;
        if (y >= s->out_height) break;
        job.sets = w->packed + p->pixel_bytes + parity * p->groups * p->set_bytes;
        job.out = out + (size_t)y * s->out_width * s->channels;
        w->form->row(&job, p->window_columns, s->stride[0]);
    }
}

void dw_run(const kn_kind *kind, const kn_shape *shape, const void *packed, const int8_t *in, int8_t *out,
            void *scratch, uint32_t first, uint32_t last) {
    work w = {.form = kind->form,
              .shape = shape,
              .p = plan_of(kind->form, shape),
              .packed = packed,
              .in = in,
              .ring = scratch};
    uint64_t woven = (uint64_t)first * w.p.advance;
    for (uint32_t unit = first; unit < last; unit++) {
        for (; woven < (uint64_t)unit * w.p.advance + w.p.window_rows; woven++) weave(&w, woven);
        compute(&w, unit, out);
    }
}
