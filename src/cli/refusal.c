#include "refusal.h"

#include <stdarg.h>
#include <stdio.h>

static const char *const names[REFUSED_COUNT] = {
    [REFUSED_SIGNATURE] = "signature",     [REFUSED_UNKNOWN_KEY] = "unknown-key",
    [REFUSED_EXPIRED] = "expired",         [REFUSED_OLDER] = "older",
    [REFUSED_FORMAT] = "format",           [REFUSED_CATALOG] = "catalog",
    [REFUSED_LENGTH] = "length",           [REFUSED_HASH] = "hash",
    [REFUSED_NOT_A_MODEL] = "not-a-model", [REFUSED_ENGINE] = "engine-too-old",
    [REFUSED_SELF_TEST] = "self-test",     [REFUSED_STORAGE] = "storage",
    [REFUSED_NETWORK] = "network",
};

const char *refusal_name(refusal_id id) {
    return names[id];
}

int refuse(refusal *r, refusal_id id, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    r->id = id;
    (void)vsnprintf(r->text, sizeof r->text, format, arguments);
    va_end(arguments);
    return 0;
}
