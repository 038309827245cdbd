#include "json.h"

#include <float.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "utf8.h"

/* ---- the buffer ------------------------------------------------------------------------------ */

void json_begin(json_out *out, char *bytes, size_t capacity) {
    out->bytes = bytes;
    out->capacity = bytes ? capacity : 0;
    out->length = 0;
}

static void put(json_out *out, const char *text, size_t size) {
    if (out->length < out->capacity) {
        size_t room = out->capacity - out->length;
        memcpy(out->bytes + out->length, text, size < room ? size : room);
    }
    out->length += size;
}

size_t json_end(json_out *out) {
    if (out->capacity > 0) out->bytes[out->length < out->capacity ? out->length : out->capacity - 1] = '\0';
    return out->length;
}

void json_raw(json_out *out, const char *text) {
    put(out, text, strlen(text));
}

/* ---- strings --------------------------------------------------------------------------------- */

/* Write one character of `length` bytes (0: not UTF-8, take one byte). */
static void put_character(json_out *out, const char *text, size_t length) {
    unsigned char byte = (unsigned char)*text;
    char escape[8];
    if (length == 0)
        (void)snprintf(escape, sizeof escape, "\\udc%02x", byte);
    else if (byte == '"' || byte == '\\')
        (void)snprintf(escape, sizeof escape, "\\%c", byte);
    else if (byte < 0x20 || byte == 0x7f)
        (void)snprintf(escape, sizeof escape, "\\u%04x", byte);
    else {
        put(out, text, length);
        return;
    }
    json_raw(out, escape);
}

void json_text(json_out *out, const char *text, size_t size) {
    json_raw(out, "\"");
    while (size > 0) {
        size_t length = utf8_length(text, size);
        size_t taken = length > 0 ? length : 1;
        put_character(out, text, length);
        text += taken;
        size -= taken;
    }
    json_raw(out, "\"");
}

void json_string(json_out *out, const char *text) {
    json_text(out, text, strlen(text));
}

/* ---- numbers --------------------------------------------------------------------------------- */

void json_number(json_out *out, const char *printed) {
    while (*printed) {
        size_t plain = strspn(printed, "0123456789+-e");
        put(out, printed, plain);
        printed += plain;
        if (!*printed) break;
        json_raw(out, ".");
        printed += strcspn(printed, "0123456789+-e");
    }
}

void json_float(json_out *out, float value) {
    char text[48];
    if (!isfinite(value)) {
        json_raw(out, "null");
        return;
    }
    for (int digits = FLT_DIG; digits <= FLT_DECIMAL_DIG; digits++) {
        (void)snprintf(text, sizeof text, "%.*g", digits, (double)value);
        if (strtof(text, NULL) == value) break;
    }
    json_number(out, text);
}

void json_milli(json_out *out, double value) {
    char text[400]; /* 309 digits, the point and three decimals at most */
    if (!isfinite(value)) {
        json_raw(out, "null");
        return;
    }
    (void)snprintf(text, sizeof text, "%.3f", value);
    json_number(out, text);
}

void json_unsigned(json_out *out, uint64_t value) {
    char text[24];
    (void)snprintf(text, sizeof text, "%" PRIu64, value);
    json_raw(out, text);
}

void json_bool(json_out *out, int value) {
    json_raw(out, value ? "true" : "false");
}

void json_floats(json_out *out, const float *values, size_t count) {
    json_raw(out, "[");
    for (size_t i = 0; i < count; i++) {
        if (i > 0) json_raw(out, ",");
        json_float(out, values[i]);
    }
    json_raw(out, "]");
}
