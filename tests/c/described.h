/*
 * described.h - the tests' small network as other people's tools write it: with TFLite Metadata, and its labels in a ZIP
 * archive behind it.
 */
#ifndef DESCRIBED_H
#define DESCRIBED_H

#include "smallnet.h"

typedef struct described {
    const char *name, *version, *author, *licence; /* NULL: none */
    float mean[3], std[3];
    uint32_t channels;         /* of mean and std: 0 (none), 1 or 3 */
    const char *labels;        /* the text of labels.txt; NULL: the archive lacks it */
    uint16_t method;           /* by which it is compressed */
    size_t prefix;             /* bytes that the archive's own offsets leave out */
} described;

/* Write the network, as smallnet_with has it, with that; to be freed with mk_free. */
mk_model *described_write(mk_model *m, const described *d);

#endif
