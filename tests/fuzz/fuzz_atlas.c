/* Atlases of similar lesions, for a network of 8 channels: read, asked, and written as JSON. */
#include "fuzz_atlas.h"
#include "answer/atlas.h"
#include "targets.h"

static void run(const uint8_t *bytes, size_t size) {
    static const atl_model model = {FUZZ_ATLAS_KEY, FUZZ_ATLAS_CHANNELS, FUZZ_ATLAS_LABELS, FUZZ_ATLAS_KINDS};
    static const float features[FUZZ_ATLAS_CHANNELS] = {1, 2, 3, -4, 5, 6, -7, 8};
    static const char *const labels[FUZZ_ATLAS_LABELS] = {"a", "b", "c", "d", "e"};
    static char text[1 << 16];
    lt_error error = {.status = LT_OK};
    lt_neighbour found[LT_NEIGHBOURS];
    const char *names[LT_NEIGHBOURS];
    json_out out;
    atlas *a = NULL;
    lt_status status = atl_read(bytes, size, &model, NULL, &a, &error);
    FUZZ_PROMISE(status == LT_OK || status == LT_ATLAS);
    FUZZ_PROMISE(error.status == status && (a == NULL) == (status != LT_OK));
    for (uint32_t kind = 0; a != NULL && kind < FUZZ_ATLAS_KINDS; kind++) {
        uint32_t count = atl_nearest(a, features, 1, kind, found);
        FUZZ_PROMISE(count <= LT_NEIGHBOURS);
        for (uint32_t i = 0; i < count; i++) {
            FUZZ_PROMISE(found[i].label < FUZZ_ATLAS_LABELS);
            names[i] = labels[found[i].label];
        }
        json_begin(&out, text, sizeof text);
        atl_json(&out, a, names, found, count);
        (void)json_end(&out);
    }
    atl_free(a);
}

const fuzz_target fuzz_atlas = {.name = "atlas", .run = run};
