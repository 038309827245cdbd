#include "colour.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* ---- numbers ---- */

/* By series that end below 1e-15. */
double col_power(double base, double exponent) {
    enum { TERMS = 24 };
    const double most_twos = 1000; /* powers of two that a double has on both sides */
    const double ln2 = 0.69314718055994530942, root = 0.70710678118654752440;
    int two = 0;
    double m = frexp(base, &two);
    if (m < root) m *= 2, two--;
    double t = (m - 1) / (m + 1), square = t * t, term = t, log = 0; /* ln m = 2 artanh t */
    for (int k = 0; k < TERMS; k++, term *= square) log += 2 * term / (2 * k + 1);
    double y = exponent * (log + two * ln2), n = floor(y / ln2 + 0.5), rest = y - n * ln2, sum = 1, part = 1;
    if (n < -most_twos) return 0;
    if (n > most_twos) n = most_twos;
    for (int k = 1; k < TERMS; k++) sum += part *= rest / k;
    return ldexp(sum, (int)n);
}

/* The transfer function of sRGB, by the numbers of IEC 61966-2-1. */
static double srgb_to_linear(double v) {
    return v <= 0.04045 ? v / 12.92 : col_power((v + 0.055) / 1.055, 2.4);
}

/* 0 where the matrix has no inverse: where its determinant is nothing but rounding. */
static int invert(const col_matrix *in, col_matrix *out) {
    double d = 0;
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++) {
            const double *a = in->m[(j + 1) % 3], *b = in->m[(j + 2) % 3];
            int c = (i + 1) % 3, e = (i + 2) % 3;
            out->m[i][j] = a[c] * b[e] - a[e] * b[c];
        }
    for (int j = 0; j < 3; j++) d += in->m[0][j] * out->m[j][0];
    if (!(fabs(d) > 1e-9)) return 0;
    for (int i = 0; i < 9; i++) out->m[i / 3][i % 3] /= d;
    return 1;
}

static col_matrix product(const col_matrix *a, const col_matrix *b) {
    col_matrix out;
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++)
            out.m[i][j] = a->m[i][0] * b->m[0][j] + a->m[i][1] * b->m[1][j] + a->m[i][2] * b->m[2][j];
    return out;
}

/* ---- from a space to sRGB ---- */

/* ITU-R BT.709 and IEC 61966-2-1 have the same primaries and white (D65). */
const double col_srgb_primaries[COL_PRIMARIES] = {0.64, 0.33, 0.30, 0.60, 0.15, 0.06, 0.3127, 0.3290};

const col_matrix col_srgb_to_d50 = {{{0.436065674, 0.385147095, 0.143066406},
                                     {0.222488403, 0.716873169, 0.060607910},
                                     {0.013916016, 0.097076416, 0.714096069}}};

/* The linear light from which each value of sRGB but 0 is the nearest. */
static void make_steps(float steps[255]) {
    for (int v = 0; v < 255; v++) steps[v] = (float)srgb_to_linear((v + 0.5) / 255);
}

static uint8_t nearest(const float steps[255], float light) {
    int value = 0;
    for (int half = 128; half > 0; half /= 2)
        if (value + half <= 255 && light >= steps[value + half - 1]) value += half;
    return (uint8_t)value;
}

static void convert(const col_space *space, const float steps[255], uint8_t rgb[3]) {
    float light[3];
    for (int c = 0; c < 3; c++) light[c] = space->curves[c][rgb[c]];
    for (int c = 0; c < 3; c++) {
        const float *m = space->matrix[c];
        rgb[c] = nearest(steps, m[0] * light[0] + m[1] * light[1] + m[2] * light[2]);
    }
}

/* Set the kind of a space whose curves are there; to_d50: its primaries. One within a level of sRGB is sRGB. */
void col_finish(col_space *space, const col_matrix *to_d50) {
    enum { STEP = 51 }; /* between values that are tried: 0, 51, … 255 */
    col_matrix inverse, matrix;
    float steps[255];
    int apart = 0;
    (void)invert(&col_srgb_to_d50, &inverse);
    matrix = product(&inverse, to_d50);
    for (int i = 0; i < 9; i++) space->matrix[i / 3][i % 3] = (float)matrix.m[i / 3][i % 3];
    make_steps(steps);
    for (int r = 0; r < 256; r += STEP)
        for (int g = 0; g < 256; g += STEP)
            for (int b = 0; b < 256; b += STEP) {
                const int before[3] = {r, g, b};
                uint8_t rgb[3] = {(uint8_t)r, (uint8_t)g, (uint8_t)b};
                convert(space, steps, rgb);
                for (int c = 0; c < 3; c++)
                    if (rgb[c] - before[c] > apart || before[c] - rgb[c] > apart)
                        apart = rgb[c] > before[c] ? rgb[c] - before[c] : before[c] - rgb[c];
            }
    space->kind = apart <= 1 ? LT_COLOUR_SRGB : LT_COLOUR_CONVERTED;
}

void col_apply(const col_space *space, uint8_t *rgb, size_t pixels) {
    float steps[255];
    if (space->kind != LT_COLOUR_CONVERTED) return;
    make_steps(steps);
    for (size_t i = 0; i < pixels; i++) convert(space, steps, rgb + 3 * i);
}

/* ---- spaces by name ---- */

void col_unstated(col_space *space) {
    *space = (col_space){.kind = LT_COLOUR_UNSTATED};
}

void col_srgb(col_space *space, const char *name) {
    *space = (col_space){.kind = LT_COLOUR_SRGB};
    (void)snprintf(space->name, sizeof space->name, "%s", name);
}

void col_unread(col_space *space, const char *name, const char *reason) {
    space->kind = LT_COLOUR_UNREAD;
    char text[LT_PROFILE_NAME];
    if (reason == NULL)
        (void)snprintf(text, sizeof text, "%s", name);
    else
        (void)snprintf(text, sizeof text, "%s%s%s", reason, *name ? ": " : "", name);
    memcpy(space->name, text, sizeof text);
}

/* ---- spaces by their primaries ---- */

/* White as XYZ, Y being 1. */
static void white_of(double x, double y, double out[3]) {
    out[0] = x / y;
    out[1] = 1;
    out[2] = (1 - x - y) / y;
}

/* From a white to D50 as eyes adapt, by Bradford's matrix; both as ICC.1 has them. 0 where that cannot be done. */
static int adapt(const double white[3], col_matrix *out) {
    static const col_matrix cones = {{{0.8951, 0.2664, -0.1614}, {-0.7502, 1.7135, 0.0367}, {0.0389, -0.0685, 1.0296}}};
    static const double d50[3] = {0.96422, 1.0, 0.82521};
    col_matrix inverse, scaled;
    for (int i = 0; i < 3; i++) {
        double from = 0, to = 0;
        for (int j = 0; j < 3; j++) from += cones.m[i][j] * white[j], to += cones.m[i][j] * d50[j];
        if (!(from > 1e-6)) return 0;
        for (int j = 0; j < 3; j++) scaled.m[i][j] = cones.m[i][j] * to / from;
    }
    if (!invert(&cones, &inverse)) return 0;
    *out = product(&inverse, &scaled);
    return 1;
}

void col_from_primaries(const double xy[COL_PRIMARIES], double gamma, const char *name, col_space *space) {
    col_matrix primaries, inverse, adapted, to_d50;
    double white[3];
    *space = (col_space){.kind = LT_COLOUR_UNREAD};
    (void)snprintf(space->name, sizeof space->name, "%s", name);
    for (int i = 0; i < COL_PRIMARIES; i++)
        if (!(xy[i] >= 0 && xy[i] <= 1)) {
            col_unread(space, name, "primaries out of range");
            return;
        }
    for (int i = 0; i < 3; i++) {
        primaries.m[0][i] = xy[2 * i];
        primaries.m[1][i] = xy[2 * i + 1];
        primaries.m[2][i] = 1 - xy[2 * i] - xy[2 * i + 1];
    }
    enum { WHITE_X = 6, WHITE_Y = 7 };
    if (!(xy[WHITE_Y] > 1e-3) || !invert(&primaries, &inverse)) {
        col_unread(space, name, "primaries in a line");
        return;
    }
    white_of(xy[WHITE_X], xy[WHITE_Y], white);
    if (!adapt(white, &adapted)) {
        col_unread(space, name, "a white that is none");
        return;
    }
    for (int i = 0; i < 3; i++) { /* each as strong as white needs it */
        double strength = inverse.m[i][0] * white[0] + inverse.m[i][1] * white[1] + inverse.m[i][2] * white[2];
        for (int k = 0; k < 3; k++) primaries.m[k][i] *= strength;
    }
    to_d50 = product(&adapted, &primaries);
    for (int v = 0; v < 256; v++)
        for (int c = 0; c < 3; c++)
            space->curves[c][v] = (float)(gamma == 0 ? srgb_to_linear(v / 255.0)
                                          : v == 0   ? 0
                                                     : col_power(v / 255.0, gamma));
    col_finish(space, &to_d50);
}

void col_from_codes(uint32_t primaries, uint32_t transfer, int is_full_rgb, col_space *space) {
    enum { LINEAR = 8, SRGB = 13, GAMMA_22 = 4, GAMMA_28 = 5 }; /* H.273, table 3 */
    static const struct {
        uint32_t code; /* H.273, table 2 */
        double xy[COL_PRIMARIES];
    } known[] = {{1, {0.64, 0.33, 0.30, 0.60, 0.15, 0.06, 0.3127, 0.3290}}, /* BT.709 and sRGB */
                 {9, {0.708, 0.292, 0.170, 0.797, 0.131, 0.046, 0.3127, 0.3290}}, /* BT.2020 */
                 {12, {0.680, 0.320, 0.265, 0.690, 0.150, 0.060, 0.3127, 0.3290}}}; /* Display P3 */
    double gamma = transfer == LINEAR ? 1 : transfer == GAMMA_22 ? 2.2 : transfer == GAMMA_28 ? 2.8 : 0;
    char name[LT_PROFILE_NAME];
    (void)snprintf(name, sizeof name, "cICP %u/%u", (unsigned)primaries, (unsigned)transfer);
    for (size_t i = 0; i < COUNT(known) && is_full_rgb && (gamma > 0 || transfer == SRGB); i++)
        if (known[i].code == primaries) {
            col_from_primaries(known[i].xy, gamma, name, space);
            return;
        }
    *space = (col_space){.kind = LT_COLOUR_UNREAD};
    col_unread(space, name, NULL);
}
