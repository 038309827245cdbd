#include "tflite_code.h"

/* Numbers of the fields in the table of an operator code. */
enum { CODE_OLD, CODE_CUSTOM, CODE_VERSION, CODE_BUILTIN };

/* Codes above 127 stand in a newer field than the others. */
lt_status tfl_read_code(fb_file *file, fb_vector codes, fb_table operator, tfl_code * out) {
    uint32_t index = fb_u32(file, operator, OPERATOR_CODE, 0, "opcode index");
    if (file->status == LT_OK && index >= codes.count)
        return fb_fail(file, LT_MODEL_FORMAT, "opcode index %u of %u", (unsigned)index, (unsigned)codes.count);
    fb_table code = fb_table_of(file, codes, index, "operator code");
    int32_t old = (int8_t)fb_u8(file, code, CODE_OLD, 0, "deprecated builtin code");
    out->builtin = fb_i32(file, code, CODE_BUILTIN, 0, "builtin code");
    out->version = fb_i32(file, code, CODE_VERSION, 1, "operator version");
    out->custom = fb_string(file, code, CODE_CUSTOM, "custom code");
    if (old > out->builtin) out->builtin = old;
    return file->status;
}
