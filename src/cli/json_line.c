/* json_line.c - a photo's answer as one line of JSON. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "answer/documents.h"
#include "base/json.h"
#include "classify.h"

/* Room for a line of `length` bytes. Returns 0 where memory is short. */
static int reserve(run *r, size_t length) {
    if (length < r->line_capacity) return 1;
    char *larger = realloc(r->line, length + 1);
    if (!larger) return 0;
    r->line = larger;
    r->line_capacity = length + 1;
    return 1;
}

/* Write a result, and the similar lesions as its last member. Returns the length. */
static size_t write_result(const run *r, const lt_extras *extras) {
    static const char name[] = ",\"similar\":";
    char *line = r->line;
    size_t capacity = r->line_capacity;
    size_t length = lt_result_json(r->engine, r->result, extras, line, capacity);
    if (!r->atlas || length == 0) return length;
    size_t start = length - 1 + sizeof name - 1; /* in the place of the closing brace */
    size_t similar = lt_similar_json(r->engine, NULL, 0);
    if (start + similar + 1 < capacity) {
        memcpy(line + length - 1, name, sizeof name);
        (void)lt_similar_json(r->engine, line + start, capacity - start);
        memcpy(line + start + similar, "}", 2);
    }
    return start + similar + 1;
}

/* Write the JSON of a result, or of the reason why there is none, into r->line. Returns its length. */
static size_t write_line(const run *r, const char *file, const char *reason) {
    json_out out;
    const lt_extras extras = {.size = sizeof extras,
                              .file = file,
                              .logits = r->settings->logits,
                              .map = r->settings->map,
                              .map_label = reason ? 0 : run_map_label(r)};
    if (!reason) return write_result(r, &extras);
    json_begin(&out, r->line, r->line_capacity);
    doc_failure(&out, file, reason);
    return json_end(&out);
}

int json_print(run *r, const char *file, const char *reason) {
    size_t length = write_line(r, file, reason);
    if (length >= r->line_capacity) {
        if (!reserve(r, length)) return 0;
        (void)write_line(r, file, reason);
    }
    puts(r->line);
    return 1;
}
