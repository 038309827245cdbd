/*
 * signature.h - who signed a catalogue: Ed25519 over its exact bytes, by keys that are trusted.
 *
 * A key is known by its id, the first 16 hexadecimal digits of the SHA-256 of its 32 bytes. A file of signatures has one
 * line for each, `<key id> <base64 of 64 bytes>`, ended by a line break.
 */
#ifndef LT_CLI_SIGNATURE_H
#define LT_CLI_SIGNATURE_H

#include <stddef.h>
#include <stdint.h>

#include "refusal.h"

/* Bytes of a public key; digits of a SHA-256 and of a key's id, and base64 digits of a key, each with the final 0. */
enum { SIG_KEY_BYTES = 32, SIG_HASH_TEXT = 65, SIG_ID_TEXT = 17, SIG_KEY_TEXT = 45 };

/* Largest file of signatures, bytes, and most lines in it. */
enum { SIG_MAX_BYTES = 1024, SIG_MAX_LINES = 4 };

/* Most keys in a set. */
enum { SIG_MAX_KEYS = 32 };

typedef struct sig_key {
    uint8_t bytes[SIG_KEY_BYTES];
} sig_key;

typedef struct sig_keys {
    sig_key keys[SIG_MAX_KEYS]; /* [count] */
    uint32_t count;
} sig_keys;

int sig_has(const sig_keys *set, const sig_key *key);

/* Returns 0 where the set is full; a key that is in it stays there once. */
int sig_add(sig_keys *set, const sig_key *key);

/* SHA-256 of bytes ([size] u8) as 64 hexadecimal digits and a final 0. */
void sig_hash(const void *bytes, size_t size, char out[SIG_HASH_TEXT]);

/* The same of an open file from its start, with its length. Returns 0 where it cannot be read; errno says why. */
int sig_hash_file(int file, char out[SIG_HASH_TEXT], uint64_t *size);

void sig_key_id(const sig_key *key, char out[SIG_ID_TEXT]);

/* A key as base64, and back: [length] characters, padded. sig_key_read returns 0 where that is no key. */
void sig_key_write(const sig_key *key, char out[SIG_KEY_TEXT]);
int sig_key_read(const char *text, size_t length, sig_key *out);

/*
 * Add the public keys of a file ([size] u8 of text) to a set: PEM, or a key's base64 on a line; # begins a remark.
 * Returns NULL, or why not, static text.
 */
const char *sig_read_keys(const char *text, size_t size, sig_keys *out);

/*
 * Which of the trusted keys signed message ([size] u8)? Every line of the signatures ([length] characters) that names a
 * trusted key must be right. Adds those keys to *signers, at least one. Returns 0 on REFUSED_SIGNATURE and
 * REFUSED_UNKNOWN_KEY.
 */
int sig_verify(const char *signatures, size_t length, const void *message, size_t size, const sig_keys *trusted,
               sig_keys *signers, refusal *r);

#endif
