#include "trust.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static int is_retired(const store *s, const sig_key *key) {
    for (uint32_t i = 0; i < s->trust_count; i++)
        if (sig_has(&s->trust[i].retired, key)) return 1;
    return 0;
}

static sig_keys all_trusted(const store *s, const sig_keys *given) {
    sig_keys all = {.count = 0};
    for (uint32_t i = 0; i < s->trust_count; i++)
        for (uint32_t k = 0; k < s->trust[i].keys.count; k++) (void)sig_add(&all, &s->trust[i].keys.keys[k]);
    for (uint32_t i = 0; i < given->count; i++)
        if (!is_retired(s, &given->keys[i])) (void)sig_add(&all, &given->keys[i]);
    return all;
}

/* Whose catalogues these signers sign: those known already, or a new publisher; NULL where there is no room. */
static store_trust *find_line(store *s, const sig_keys *signers) {
    for (uint32_t i = 0; i < s->trust_count; i++)
        for (uint32_t k = 0; k < signers->count; k++)
            if (sig_has(&s->trust[i].keys, &signers->keys[k])) return &s->trust[i];
    if (s->trust_count == STORE_MAX_TRUST) return NULL;
    s->trust[s->trust_count] = (store_trust){.sequence = 0};
    return &s->trust[s->trust_count];
}

static int check_age(const store_trust *t, const catalog *c, refusal *r) {
    if (c->sequence < t->sequence)
        return refuse(r, REFUSED_OLDER, "catalog.json has sequence %" PRIu64 ", but %" PRIu64 " was seen before",
                      c->sequence, t->sequence);
    if (c->sequence == t->sequence && strcmp(c->sha256, t->sha256) != 0)
        return refuse(r, REFUSED_OLDER, "catalog.json has sequence %" PRIu64 ", as another catalogue seen before",
                      c->sequence);
    return 1;
}

/* From now on exactly the catalogue's keys count; those that go may never come back by themselves. */
static int rotate(store_trust *t, const sig_keys *signers, const catalog *c, refusal *r) {
    int room = 1;
    for (uint32_t i = 0; i < t->keys.count; i++)
        if (!sig_has(&c->keys, &t->keys.keys[i])) room &= sig_add(&t->retired, &t->keys.keys[i]);
    for (uint32_t i = 0; i < signers->count; i++)
        if (!sig_has(&c->keys, &signers->keys[i])) room &= sig_add(&t->retired, &signers->keys[i]);
    if (!room) return refuse(r, REFUSED_STORAGE, "more keys were retired than can be remembered");
    t->keys = c->keys;
    t->sequence = c->sequence;
    memcpy(t->sha256, c->sha256, sizeof t->sha256);
    return 1;
}

static int take(store *s, const sig_keys *signers, const catalog *c, refusal *r) {
    store_trust *line = find_line(s, signers);
    if (!line) return refuse(r, REFUSED_STORAGE, "more publishers than can be remembered");
    if (!check_age(line, c, r)) return 0;
    store_trust next = *line;
    if (!rotate(&next, signers, c, r)) return 0;
    *line = next;
    if (line == &s->trust[s->trust_count]) s->trust_count++;
    return 1;
}

int trust_read(source *from, const sig_keys *given, store *s, catalog *out, refusal *r) {
    sig_keys trusted = all_trusted(s, given), signers = {.count = 0};
    size_t length, size;
    char *signatures = NULL, *json = source_read(from, "catalog.json", CAT_MAX_BYTES, REFUSED_CATALOG, &size, r);
    if (json) signatures = source_read(from, "catalog.json.sig", SIG_MAX_BYTES, REFUSED_SIGNATURE, &length, r);
    if (json && !signatures && from->absent)
        (void)refuse(r, REFUSED_SIGNATURE, "there is no catalog.json.sig: nobody has signed catalog.json");
    int good = signatures && sig_verify(signatures, length, json, size, &trusted, &signers, r);
    if (good) {
        good = cat_read(json, size, time(NULL), out, r) && take(s, &signers, out, r);
        if (!good) cat_free(out);
    }
    free(json);
    free(signatures);
    return good;
}
