#include "survey.h"

#include <stdio.h>
#include <string.h>

#include "ops.h"
#include "tflite_code.h"

enum { NAME = 48, ROOM_FOR_MORE = 24 };

/* The operators that are missing, each once. */
typedef struct findings {
    char text[440]; /* their names, with commas between */
    size_t used;
    unsigned more; /* those that did not fit */
} findings;

static int is_listed(const findings *found, const char *name) {
    size_t length = strlen(name);
    for (const char *at = strstr(found->text, name); at; at = strstr(at + 1, name))
        if ((at == found->text || at[-1] == ' ') && (at[length] == '\0' || at[length] == ',')) return 1;
    return 0;
}

static void add(findings *found, const char *name) {
    size_t length = strlen(name);
    if (is_listed(found, name)) return;
    if (found->used + 2 + length + ROOM_FOR_MORE > sizeof found->text) {
        found->more++;
        return;
    }
    found->used += (size_t)snprintf(found->text + found->used, sizeof found->text - found->used, "%s%s",
                                    found->used ? ", " : "", name);
}

/* What to call an operator that is not run: its name, or its number, or the name its writer gave it. */
static void name_of(fb_file *file, const tfl_code *code, char out[NAME]) {
    const char *name = op_foreign_name(code->builtin), *custom = (const char *)fb_bytes(file, code->custom);
    if (code->builtin == TFL_CUSTOM)
        (void)snprintf(out, NAME, "%.*s (custom)", code->custom.count < 30 ? (int)code->custom.count : 30,
                       custom ? custom : "");
    else if (name)
        (void)snprintf(out, NAME, "%s", name);
    else
        (void)snprintf(out, NAME, "builtin code %d", (int)code->builtin);
}

/* An operator that is run, in a version that is not known. */
static void name_version(const op_kind *kind, int32_t version, char out[NAME]) {
    (void)snprintf(out, NAME, "%s (version %d)", kind->name, (int)version);
}

lt_status survey_operators(fb_file *file, fb_vector codes, fb_vector operators) {
    findings found = {.used = 0};
    char name[NAME];
    for (uint32_t i = 0; i < operators.count; i++) {
        fb_part(file, "operator", i);
        fb_table table = fb_table_of(file, operators, i, "operator");
        tfl_code code;
        lt_status status = tfl_read_code(file, codes, table, &code);
        if (status != LT_OK) return status;
        const op_kind *kind = op_find(code.builtin);
        if (kind && (code.version < 1 || code.version > kind->version))
            name_version(kind, code.version, name);
        else if (!kind)
            name_of(file, &code, name);
        else
            continue;
        add(&found, name);
    }
    if (found.used == 0) return LT_OK;
    if (found.more > 0)
        (void)snprintf(found.text + found.used, sizeof found.text - found.used, " and %u more", found.more);
    file->status = lt_fail(file->error, LT_MODEL_UNSUPPORTED, "operators that are not run: %s", found.text);
    return file->status;
}
