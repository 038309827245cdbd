/* csv.c - the figures' JSON as lines for a spreadsheet. */
#include <stdio.h>
#include <string.h>
#include <yyjson.h>

#include "figures.h"

enum { MAX_PATH = 256 };

/* A number as the JSON has it; nothing where it is null. */
static void put_number(json_out *out, yyjson_val *item) {
    char text[40];
    json_raw(out, ",");
    if (!yyjson_is_num(item)) return;
    (void)snprintf(text, sizeof text, "%.10g", yyjson_get_num(item));
    json_number(out, text);
}

/* A text in quotes where it needs them. A spreadsheet would run one that begins like a formula: an apostrophe. */
static void put_text(json_out *out, const char *text) {
    static const char formula[] = "=+-@\t\r", special[] = "\",\r\n";
    int quoted = strpbrk(text, special) != NULL;
    char one[2] = "";
    if (quoted) json_raw(out, "\"");
    if (*text && strchr(formula, *text)) json_raw(out, "'");
    for (; *text; text++) {
        one[0] = *text;
        json_raw(out, *text == '"' ? "\"\"" : one);
    }
    if (quoted) json_raw(out, "\"");
}

static void put_line(json_out *out, const char *path, yyjson_val *item) {
    yyjson_val *value = yyjson_obj_get(item, "value");
    put_text(out, path);
    if (value) {
        put_number(out, value);
        put_number(out, yyjson_obj_get(item, "low"));
        put_number(out, yyjson_obj_get(item, "high"));
    } else if (yyjson_is_str(item)) {
        json_raw(out, ",");
        put_text(out, yyjson_get_str(item));
        json_raw(out, ",,");
    } else {
        put_number(out, item);
        json_raw(out, ",,");
    }
    json_raw(out, "\r\n");
}

static void put_item(json_out *out, char *path, size_t length, yyjson_val *item);

/* One that is called `name`, of path, [MAX_PATH], of which `length` is in use. */
static void put_child(json_out *out, char *path, size_t length, const char *name, yyjson_val *child) {
    int added = snprintf(path + length, MAX_PATH - length, "%s%s", length > 0 ? "." : "", name);
    if (added > 0 && (size_t)added < MAX_PATH - length) put_item(out, path, length + (size_t)added, child);
    path[length] = '\0';
}

/* path as above: names and, in lists, places from 0 on, with a dot between. */
static void put_item(json_out *out, char *path, size_t length, yyjson_val *item) {
    size_t place, end;
    yyjson_val *key, *child;
    if (yyjson_is_arr(item)) {
        yyjson_arr_foreach(item, place, end, child) {
            char number[24];
            (void)snprintf(number, sizeof number, "%zu", place);
            put_child(out, path, length, number, child);
        }
    } else if (yyjson_is_obj(item) && !yyjson_obj_get(item, "value")) {
        yyjson_obj_foreach(item, place, end, key, child) {
            put_child(out, path, length, yyjson_get_str(key), child);
        }
    } else {
        put_line(out, path, item);
    }
}

lt_status fig_csv(json_out *out, const char *json, lt_error *error) {
    char path[MAX_PATH] = "";
    yyjson_doc *root = yyjson_read(json, strlen(json), YYJSON_READ_NOFLAG);
    if (!root) return lt_fail(error, LT_MEMORY, "no memory for the figures as CSV");
    json_raw(out, "figure,value,low,high\r\n");
    put_item(out, path, 0, yyjson_doc_get_root(root));
    yyjson_doc_free(root);
    return LT_OK;
}
