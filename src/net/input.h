/* input.h - from the pixels of the square to the values of the network's input tensor, in each of its views. */
#ifndef LT_NET_INPUT_H
#define LT_NET_INPUT_H

#include <stddef.h>
#include <stdint.h>

/* The tensor value of each pixel value, by channel R, G, B: made once when a model is loaded. */
typedef struct input_table {
    int is_int8; /* else f32 */
    int moves;   /* not 0: int8, and each value is the pixel's less 128 */
    union {
        int8_t i8[3][256];
        float f32[3][256];
    } value;
} input_table;

/*
 * x = (pixel - mean) / std; for int8 clamp(round(x / scale) + zero_point), ties to even.
 * std and scale must be positive and finite; scale and zero_point are read for int8 only.
 */
void input_table_make(input_table *table, const float mean[3], const float std[3], int is_int8, float scale,
                      int32_t zero_point);

/* rgb: [pixels, 3] u8 to tensor: [pixels, 3] i8 or f32, as the table says. */
void input_apply(const input_table *table, const uint8_t *rgb, size_t pixels, void *tensor);

/* Views of one picture: turned and mirrored. The first is the picture; the first INPUT_OBLONG_VIEWS keep its sides. */
enum { INPUT_VIEWS = 8, INPUT_OBLONG_VIEWS = 4 };

/* How many of them a picture of that size has. */
static inline uint32_t input_views(uint32_t width, uint32_t height) {
    return width == height ? INPUT_VIEWS : INPUT_OBLONG_VIEWS;
}

/*
 * The same of a view of the picture, view 0..INPUT_VIEWS - 1: rgb is [height, width, 3] u8; width equals height where
 * view is INPUT_OBLONG_VIEWS or more. tensor: [height, width, 3] i8 or f32.
 */
void input_apply_view(const input_table *table, const uint8_t *rgb, uint32_t width, uint32_t height, uint32_t view,
                      void *tensor);

#endif
