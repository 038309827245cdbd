/* meta_net.h - the network that a metadata document has to agree with. */
#ifndef LT_MODEL_META_NET_H
#define LT_MODEL_META_NET_H

#include "lentigo.h"

/* The newest metadata format this engine reads. */
#define META_FORMAT 2

/* What the document must agree with. */
typedef struct meta_net {
    uint32_t classes;       /* values the network gives, 1..LT_MAX_LABELS */
    uint32_t width, height; /* of its input, pixels */
    uint32_t views;         /* of the square that can be averaged */
    size_t file_bytes;      /* of the model file */
    int may_lack_labels;    /* not 0: a document without labels is fine, and they are numbered */
} meta_net;

#endif
