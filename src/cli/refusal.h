/* refusal.h - why a catalogue or a model is not taken: a short id, the same in every client, and a sentence. */
#ifndef LT_CLI_REFUSAL_H
#define LT_CLI_REFUSAL_H

typedef enum refusal_id {
    REFUSED_SIGNATURE,   /* a signature is missing, malformed or wrong */
    REFUSED_UNKNOWN_KEY, /* nobody who is trusted has signed */
    REFUSED_EXPIRED,     /* the catalogue or the model is past its date */
    REFUSED_OLDER,       /* a newer catalogue was seen before */
    REFUSED_FORMAT,      /* of a format that is newer than this program */
    REFUSED_CATALOG,     /* the catalogue contradicts its format; the text names the member */
    REFUSED_LENGTH,      /* the file is not as long as the catalogue says */
    REFUSED_HASH,        /* the file is another one than the catalogue says */
    REFUSED_NOT_A_MODEL, /* the file is no model */
    REFUSED_ENGINE,      /* the model wants a newer engine */
    REFUSED_SELF_TEST,   /* the network does not give what the file says, or the file says nothing */
    REFUSED_STORAGE,     /* the folder of models cannot be read or written */
    REFUSED_NETWORK,     /* the other side cannot be reached, or broke off */
    REFUSED_COUNT
} refusal_id;

typedef struct refusal {
    refusal_id id;
    char text[400];
} refusal;

/* "signature", "unknown-key", …; never NULL. */
const char *refusal_name(refusal_id id);

/* Set it. Returns 0, so that `return refuse(…)` ends a function that gives 0 where it fails. */
#if defined(__GNUC__)
__attribute__((format(printf, 3, 4)))
#endif
int
refuse(refusal *r, refusal_id id, const char *format, ...);

#endif
