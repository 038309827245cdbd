/*
 * The command's catalogue of models, and who signs it: catalog.json, a file of public keys, one of signatures. In the
 * program nothing is parsed before its signature holds; here it is all the same, as if whoever signs meant harm.
 */
#include "fuzz_catalog.h"

#include <sodium.h>
#include <string.h>

#include "cli/catalog.h"
#include "targets.h"

/* 2026-11-28, when some of the seeds are past their date. */
static const time_t now = 1795824000;

void fuzz_catalog_sign(char line[FUZZ_CATALOG_LINE], sig_key *key) {
    static const uint8_t seed[crypto_sign_SEEDBYTES];
    uint8_t secret[crypto_sign_SECRETKEYBYTES], signature[crypto_sign_BYTES];
    char id[SIG_ID_TEXT], base64[sodium_base64_ENCODED_LEN(crypto_sign_BYTES, sodium_base64_VARIANT_ORIGINAL)];
    (void)crypto_sign_seed_keypair(key->bytes, secret, seed);
    (void)crypto_sign_detached(signature, NULL, (const uint8_t *)FUZZ_CATALOG_MESSAGE, strlen(FUZZ_CATALOG_MESSAGE),
                               secret);
    sig_key_id(key, id);
    (void)sodium_bin2base64(base64, sizeof base64, signature, sizeof signature, sodium_base64_VARIANT_ORIGINAL);
    FUZZ_PROMISE(snprintf(line, FUZZ_CATALOG_LINE, "%s %s\n", id, base64) == FUZZ_CATALOG_LINE - 1);
}

static void check_file(const char *url, const char *sha256, uint64_t bytes) {
    FUZZ_PROMISE(strlen(sha256) == SIG_HASH_TEXT - 1 && bytes > 0);
    FUZZ_PROMISE(strchr("/.", url[0]) == NULL && strchr(url, ':') == NULL);
    FUZZ_PROMISE(strstr(url, "/.") == NULL && strstr(url, "//") == NULL);
}

static void check_model(const cat_model *model) {
    refusal r = {.text = ""};
    FUZZ_PROMISE(model->sequence > 0);
    check_file(model->url, model->sha256, model->bytes);
    if (model->atlas.bytes > 0) check_file(model->atlas.url, model->atlas.sha256, model->atlas.bytes);
    FUZZ_PROMISE(*model->licence != '\0' && *model->note != '\0');
    FUZZ_PROMISE(cat_names(model->id, model->id, model->version));
    FUZZ_PROMISE(cat_usable(model, &r) || r.id == REFUSED_ENGINE || r.id == REFUSED_EXPIRED);
}

static void run_catalog(const char *bytes, size_t size) {
    static catalog c;
    refusal r = {.text = ""};
    int good = cat_read(bytes, size, now, &c, &r);
    FUZZ_PROMISE(good || strchr(r.text, ' ') != NULL);
    FUZZ_PROMISE(good || r.id == REFUSED_CATALOG || r.id == REFUSED_FORMAT || r.id == REFUSED_EXPIRED);
    FUZZ_PROMISE(!good || (c.sequence > 0 && c.count > 0 && c.keys.count > 0 && c.keys.count <= CAT_MAX_KEYS));
    for (uint32_t i = 0; good && i < c.count; i++) check_model(&c.models[i]);
    cat_free(&c);
}

static void run_keys(const char *bytes, size_t size) {
    sig_keys keys = {.count = 0};
    const char *reason = sig_read_keys(bytes, size, &keys);
    FUZZ_PROMISE(keys.count <= SIG_MAX_KEYS && (reason != NULL || keys.count > 0));
}

static void run_signatures(const char *bytes, size_t size) {
    char line[FUZZ_CATALOG_LINE];
    sig_keys trusted = {.count = 1}, signers = {.count = 0};
    refusal r = {.text = ""};
    fuzz_catalog_sign(line, &trusted.keys[0]);
    int good = sig_verify(bytes, size, FUZZ_CATALOG_MESSAGE, strlen(FUZZ_CATALOG_MESSAGE), &trusted, &signers, &r);
    FUZZ_PROMISE(good == (signers.count == 1 && r.text[0] == '\0'));
    FUZZ_PROMISE(good || r.id == REFUSED_SIGNATURE || r.id == REFUSED_UNKNOWN_KEY);
    if (!good) return;
    /* Ed25519 cannot be forged: the one signature of the message has to be in there. */
    int found = 0;
    for (size_t at = 0; at + strlen(line) <= size; at++) found |= memcmp(bytes + at, line, strlen(line)) == 0;
    FUZZ_PROMISE(found);
}

static void run(const uint8_t *bytes, size_t size) {
    run_catalog((const char *)bytes, size);
    run_keys((const char *)bytes, size);
    run_signatures((const char *)bytes, size);
}

const fuzz_target fuzz_catalog = {.name = "catalog", .run = run};
