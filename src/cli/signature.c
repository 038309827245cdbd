#include "signature.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define DIGITS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"

enum { ID_DIGITS = SIG_ID_TEXT - 1, SIGNATURE_TEXT = 88 /* base64 digits of 64 bytes */ };

/* Before a key of Ed25519 in a SubjectPublicKeyInfo (RFC 8410). */
static const uint8_t spki[] = {0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00};

int sig_has(const sig_keys *set, const sig_key *key) {
    for (uint32_t i = 0; i < set->count; i++)
        if (memcmp(&set->keys[i], key, sizeof *key) == 0) return 1;
    return 0;
}

int sig_add(sig_keys *set, const sig_key *key) {
    if (sig_has(set, key)) return 1;
    if (set->count == SIG_MAX_KEYS) return 0;
    set->keys[set->count++] = *key;
    return 1;
}

void sig_hash(const void *bytes, size_t size, char out[SIG_HASH_TEXT]) {
    uint8_t digest[crypto_hash_sha256_BYTES];
    (void)crypto_hash_sha256(digest, bytes, size);
    (void)sodium_bin2hex(out, SIG_HASH_TEXT, digest, sizeof digest);
}

int sig_hash_file(int file, char out[SIG_HASH_TEXT], uint64_t *size) {
    static uint8_t piece[1 << 16];
    uint8_t digest[crypto_hash_sha256_BYTES];
    crypto_hash_sha256_state state;
    (void)crypto_hash_sha256_init(&state);
    *size = 0;
    for (;;) {
        ssize_t got = pread(file, piece, sizeof piece, (off_t)*size);
        if (got < 0) return 0;
        if (got == 0) break;
        (void)crypto_hash_sha256_update(&state, piece, (size_t)got);
        *size += (uint64_t)got;
    }
    (void)crypto_hash_sha256_final(&state, digest);
    (void)sodium_bin2hex(out, SIG_HASH_TEXT, digest, sizeof digest);
    return 1;
}

void sig_key_id(const sig_key *key, char out[SIG_ID_TEXT]) {
    char digest[SIG_HASH_TEXT];
    sig_hash(key->bytes, sizeof key->bytes, digest);
    memcpy(out, digest, ID_DIGITS);
    out[ID_DIGITS] = '\0';
}

void sig_key_write(const sig_key *key, char out[SIG_KEY_TEXT]) {
    (void)sodium_bin2base64(out, SIG_KEY_TEXT, key->bytes, sizeof key->bytes, sodium_base64_VARIANT_ORIGINAL);
}

/* Are all characters digits of base64, or what pads it? */
static int is_base64(const char *text, size_t length) {
    for (size_t i = 0; i < length; i++)
        if (text[i] == '\0' || !strchr(DIGITS "+/=", text[i])) return 0;
    return 1;
}

/* Base64 of exactly size bytes, padded and without anything else; libsodium also takes + and / with the top bit set. */
static int decode(const char *text, size_t length, uint8_t *out, size_t size) {
    size_t got;
    const char *end;
    return is_base64(text, length) &&
           sodium_base642bin(out, size, text, length, NULL, &got, &end, sodium_base64_VARIANT_ORIGINAL) == 0 &&
           got == size && end == text + length;
}

int sig_key_read(const char *text, size_t length, sig_key *out) {
    return decode(text, length, out->bytes, sizeof out->bytes);
}

/* ---- files of keys ---- */

static int is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\r';
}

/* One line of a file of keys: a key as such, or the line of a PEM file that holds it. */
static int read_line(const char *line, size_t length, sig_key *out) {
    uint8_t info[sizeof spki + SIG_KEY_BYTES];
    if (sig_key_read(line, length, out)) return 1;
    if (!decode(line, length, info, sizeof info) || memcmp(info, spki, sizeof spki) != 0) return 0;
    memcpy(out->bytes, info + sizeof spki, sizeof out->bytes);
    return 1;
}

const char *sig_read_keys(const char *text, size_t size, sig_keys *out) {
    static const char begin[] = "-----BEGIN PUBLIC KEY-----", end[] = "-----END PUBLIC KEY-----";
    uint32_t found = 0;
    for (size_t at = 0; at < size;) {
        const char *line = text + at, *stop = memchr(line, '\n', size - at);
        size_t length = stop ? (size_t)(stop - line) : size - at;
        at += length + 1;
        const char *remark = memchr(line, '#', length);
        if (remark) length = (size_t)(remark - line);
        while (length > 0 && is_blank(line[length - 1])) length--;
        for (; length > 0 && is_blank(*line); length--) line++;
        if (length == 0) continue;
        if (length == sizeof begin - 1 && memcmp(line, begin, length) == 0) continue;
        if (length == sizeof end - 1 && memcmp(line, end, length) == 0) continue;
        sig_key key;
        if (!read_line(line, length, &key))
            return "has a line that is no public key of Ed25519, neither PEM nor base64";
        if (!sig_add(out, &key)) return "has too many keys";
        found++;
    }
    return found > 0 ? NULL : "has no key";
}

/* ---- signatures ---- */

static const sig_key *find(const sig_keys *set, const char *id) {
    char own[SIG_ID_TEXT];
    for (uint32_t i = 0; i < set->count; i++) {
        sig_key_id(&set->keys[i], own);
        if (memcmp(own, id, ID_DIGITS) == 0) return &set->keys[i];
    }
    return NULL;
}

static int is_key_id(const char *text) {
    for (int i = 0; i < ID_DIGITS; i++)
        if (!(text[i] >= '0' && text[i] <= '9') && !(text[i] >= 'a' && text[i] <= 'f')) return 0;
    return 1;
}

int sig_verify(const char *signatures, size_t length, const void *message, size_t size, const sig_keys *trusted,
               sig_keys *signers, refusal *r) {
    enum { LINE = ID_DIGITS + 1 + SIGNATURE_TEXT + 1 };
    if (length == 0 || length % LINE != 0 || length / LINE > SIG_MAX_LINES)
        return refuse(r, REFUSED_SIGNATURE,
                      "catalog.json.sig: %zu bytes are not 1 to %d lines of a key id and a signature", length,
                      SIG_MAX_LINES);
    for (size_t at = 0; at < length; at += LINE) {
        const char *line = signatures + at, *base64 = line + ID_DIGITS + 1;
        uint8_t signature[crypto_sign_BYTES];
        if (!is_key_id(line) || line[ID_DIGITS] != ' ' || line[LINE - 1] != '\n' ||
            !decode(base64, SIGNATURE_TEXT, signature, sizeof signature))
            return refuse(r, REFUSED_SIGNATURE, "catalog.json.sig: line %zu is no key id and signature", at / LINE + 1);
        const sig_key *key = find(trusted, line);
        if (!key) continue;
        if (crypto_sign_verify_detached(signature, message, size, key->bytes) != 0)
            return refuse(r, REFUSED_SIGNATURE, "catalog.json is not what the key %.16s signed", line);
        (void)sig_add(signers, key);
    }
    if (signers->count > 0) return 1;
    return refuse(r, REFUSED_UNKNOWN_KEY, "signed by the key %.16s, which is not trusted here", signatures);
}
