/* smallkinds.h - a small model of format 2, for tests: two kinds of picture, and a last layer in single precision. */
#ifndef SMALLKINDS_H
#define SMALLKINDS_H

#include "smallnet.h"

enum { SMALLKINDS = 2, SMALLKINDS_CHANNELS = 16 };

/* Its document; the kinds are "dermoscopic", of bright pictures, and "clinical", of dark ones; very dark ones are none. */
extern const char smallkinds_document[];

/* Its entries lentigo.ood and lentigo.kind: weights, then the bias. */
extern const float smallkinds_ood[SMALLKINDS_CHANNELS + 1];
extern const float smallkinds_kind[SMALLKINDS][SMALLKINDS_CHANNELS + 1];

/* Describe the model, not yet written. The caller frees it. */
mk_model *smallkinds(void);

#endif
