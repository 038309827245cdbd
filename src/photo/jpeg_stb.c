#include "jpeg_stb.h"

#include <string.h>

#define STB_IMAGE_IMPLEMENTATION
#define STB_IMAGE_STATIC
#define STBI_ONLY_JPEG
#define STBI_NO_STDIO
#define STBI_NO_LINEAR
#define STBI_NO_HDR
#define STBI_ASSERT(x) ((void)0)
/* The parts of it that are used here allocate nothing. */
#define STBI_MALLOC(size)          ((void)(size), NULL)
#define STBI_REALLOC(memory, size) ((void)(memory), (void)(size), NULL)
#define STBI_FREE(memory)          ((void)(memory))
/* It declares more than these settings define, which the compiler notices at the end of the file. */
#pragma GCC diagnostic ignored "-Wunused-function"
#include <stb/stb_image.h>

struct jpeg_stb {
    stbi__jpeg jpeg;
    stbi__context context;
};

_Static_assert(sizeof stbi__jpeg_dezigzag == JPEG_COEFFICIENTS + JPEG_LONGEST_RUN, "as jpeg_zigzag promises");
const uint8_t *const jpeg_zigzag = stbi__jpeg_dezigzag;

size_t jpeg_stb_size(void) {
    return sizeof(jpeg_stb);
}

/* ---- segments ---- */

static void begin(jpeg_stb *stb, const jpeg_file *file) {
    stb->jpeg.s = &stb->context;
    stbi__start_mem(&stb->context, file->at, (int)(file->end - file->at));
}

/* It passes over the rest of a segment that is cut, and so beyond the end. */
static void end(const jpeg_stb *stb, jpeg_file *file) {
    const uint8_t *at = stb->context.img_buffer;
    file->at = at < file->end ? at : file->end;
}

static void describe(const jpeg_stb *stb, jpeg_frame *frame) {
    const stbi__jpeg *z = &stb->jpeg;
    *frame = (jpeg_frame){.width = stb->context.img_x,
                          .height = stb->context.img_y,
                          .count = stb->context.img_n,
                          .progressive = z->progressive,
                          .restart_interval = z->restart_interval,
                          .jfif = z->jfif,
                          .adobe_transform = z->app14_color_transform,
                          .named_rgb = z->rgb};
    for (int n = 0; n < frame->count; n++)
        frame->component[n] = (jpeg_component){.h = (uint32_t)z->img_comp[n].h,
                                               .v = (uint32_t)z->img_comp[n].v,
                                               .steps = z->dequant[z->img_comp[n].tq],
                                               .td = z->img_comp[n].hd,
                                               .ta = z->img_comp[n].ha};
}

int jpeg_stb_read_header(jpeg_stb *stb, jpeg_file *file, jpeg_frame *frame) {
    stbi__g_failure_reason = NULL;
    begin(stb, file);
    stbi__setup_jpeg(&stb->jpeg);
    int good = stbi__decode_jpeg_header(&stb->jpeg, STBI__SCAN_header);
    end(stb, file);
    if (good) describe(stb, frame);
    return good;
}

int jpeg_stb_read_segment(jpeg_stb *stb, jpeg_file *file, int marker, jpeg_frame *frame) {
    begin(stb, file);
    int good = stbi__process_marker(&stb->jpeg, marker);
    end(stb, file);
    describe(stb, frame);
    return good;
}

int jpeg_stb_read_scan_header(jpeg_stb *stb, jpeg_file *file, jpeg_frame *frame, jpeg_scan *scan) {
    const stbi__jpeg *z = &stb->jpeg;
    begin(stb, file);
    int good = stbi__process_scan_header(&stb->jpeg);
    end(stb, file);
    if (!good) return 0;
    describe(stb, frame);
    *scan =
        (jpeg_scan){.count = z->scan_n, .ss = z->spec_start, .se = z->spec_end, .ah = z->succ_high, .al = z->succ_low};
    memcpy(scan->order, z->order, sizeof scan->order);
    return 1;
}

const char *jpeg_stb_reason(void) {
    return stbi_failure_reason();
}

/* ---- Huffman tables ---- */

static const stbi__huffman *table_of(const jpeg_stb *stb, jpeg_class tc, int th) {
    return tc == JPEG_DC ? &stb->jpeg.huff_dc[th] : &stb->jpeg.huff_ac[th];
}

jpeg_huffman jpeg_stb_huffman(const jpeg_stb *stb, jpeg_class tc, int th) {
    const stbi__huffman *t = table_of(stb, tc, th);
    return (jpeg_huffman){
        .code = t->code, .size = t->size, .values = t->values, .maxcode = t->maxcode, .delta = t->delta};
}

/* The list of MAXCODE, by length, ends with one that no code reaches. */
int jpeg_stb_has_huffman(const jpeg_stb *stb, jpeg_class tc, int th) {
    return table_of(stb, tc, th)->maxcode[JPEG_CODE_BITS + 1] != 0;
}

void jpeg_stb_define_huffman(jpeg_stb *stb, jpeg_class tc, int th, const uint8_t lengths[JPEG_CODE_BITS],
                             const uint8_t *values, size_t count) {
    stbi__huffman *t = tc == JPEG_DC ? &stb->jpeg.huff_dc[th] : &stb->jpeg.huff_ac[th];
    int counts[JPEG_CODE_BITS];
    for (int i = 0; i < JPEG_CODE_BITS; i++) counts[i] = lengths[i];
    (void)stbi__build_huffman(t, counts);
    memcpy(t->values, values, count);
}

/* ---- pixels ---- */

void jpeg_stb_idct(const jpeg_stb *stb, int16_t block[JPEG_COEFFICIENTS], uint8_t *out, size_t stride) {
    stb->jpeg.idct_block_kernel(out, (int)stride, block);
}

void jpeg_stb_enlarge(const jpeg_stb *stb, uint32_t repeat_x, uint32_t repeat_y, uint8_t *near, uint8_t *far,
                      uint32_t count, uint8_t *out) {
    resample_row_func enlarge = stbi__resample_row_generic;
    if (repeat_x == 1 && repeat_y == 2) enlarge = stbi__resample_row_v_2;
    if (repeat_x == 2 && repeat_y == 1) enlarge = stbi__resample_row_h_2;
    if (repeat_x == 2 && repeat_y == 2) enlarge = stb->jpeg.resample_row_hv_2_kernel;
    enlarge(out, near, far, (int)count, (int)repeat_x);
}

void jpeg_stb_ycc_to_rgb(const jpeg_stb *stb, const uint8_t *y, const uint8_t *cb, const uint8_t *cr, uint32_t width,
                         uint8_t *rgb) {
    enum { CHANNELS = 3 };
    stb->jpeg.YCbCr_to_RGB_kernel(rgb, y, cb, cr, (int)width, CHANNELS);
}
