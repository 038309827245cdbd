/* answer.c - a photo, from its bytes or its file to the answer: the one way of all commands. */
#include <stdlib.h>

#include "cli.h"

lt_status cli_classify_bytes(lt_engine *engine, const uint8_t *bytes, size_t size, const lt_request *request,
                             uint32_t views, lt_result *result) {
    lt_photo *photo = NULL;
    lt_status status = lt_photo_open(engine, bytes, size, &photo);
    if (status == LT_OK) status = lt_photo_classify(photo, request, result);
    for (uint32_t i = 1; i < views && status == LT_OK; i++) status = lt_look_again(engine, result);
    lt_photo_close(photo);
    return status;
}

const char *cli_classify_file(lt_engine *engine, const char *path, const cli_settings *settings, lt_result *result) {
    uint8_t *bytes;
    size_t size;
    const char *reason = cli_read_file(path, CLI_MAX_PHOTO, &bytes, &size);
    if (reason) return reason;
    lt_status status = cli_classify_bytes(engine, bytes, size, &settings->request, settings->views, result);
    free(bytes);
    return status == LT_OK ? NULL : cli_reason(engine, status);
}
