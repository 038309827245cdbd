/* csv.c - the figures' JSON as lines for a spreadsheet. */
#include <cJSON.h>
#include <stdio.h>
#include <string.h>

#include "figures.h"

enum { MAX_PATH = 256 };

/* A number as the JSON has it; nothing where it is null. */
static void put_number(json_out *out, const cJSON *item) {
    char text[40];
    json_raw(out, ",");
    if (!cJSON_IsNumber(item)) return;
    (void)snprintf(text, sizeof text, "%.10g", item->valuedouble);
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

static void put_line(json_out *out, const char *path, const cJSON *item) {
    const cJSON *value = cJSON_GetObjectItemCaseSensitive(item, "value");
    put_text(out, path);
    if (value) {
        put_number(out, value);
        put_number(out, cJSON_GetObjectItemCaseSensitive(item, "low"));
        put_number(out, cJSON_GetObjectItemCaseSensitive(item, "high"));
    } else if (cJSON_IsString(item)) {
        json_raw(out, ",");
        put_text(out, item->valuestring);
        json_raw(out, ",,");
    } else {
        put_number(out, item);
        json_raw(out, ",,");
    }
    json_raw(out, "\r\n");
}

/* path is [MAX_PATH], `length` of it in use: names and, in lists, places from 0 on, with a dot between. */
static void put_item(json_out *out, char *path, size_t length, const cJSON *item) {
    int place = 0;
    if ((!cJSON_IsObject(item) && !cJSON_IsArray(item)) || cJSON_GetObjectItemCaseSensitive(item, "value")) {
        put_line(out, path, item);
        return;
    }
    for (const cJSON *child = item->child; child; child = child->next, place++) {
        const char *dot = length > 0 ? "." : "";
        int added = child->string ? snprintf(path + length, MAX_PATH - length, "%s%s", dot, child->string)
                                  : snprintf(path + length, MAX_PATH - length, "%s%d", dot, place);
        if (added > 0 && (size_t)added < MAX_PATH - length) put_item(out, path, length + (size_t)added, child);
        path[length] = '\0';
    }
}

lt_status fig_csv(json_out *out, const char *json, lt_error *error) {
    char path[MAX_PATH] = "";
    cJSON *root = cJSON_Parse(json);
    if (!root) return lt_fail(error, LT_MEMORY, "no memory for the figures as CSV");
    json_raw(out, "figure,value,low,high\r\n");
    put_item(out, path, 0, root);
    cJSON_Delete(root);
    return LT_OK;
}
