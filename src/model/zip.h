/*
 * zip.h - a file of a ZIP archive that lies behind something else, as TFLite Metadata has its label files.
 *
 * Everything in it is untrusted. The central directory at the end is read, nothing is searched for from the front;
 * files that are stored as they are (method 0), no encryption, no archive above 4 GiB.
 */
#ifndef LT_MODEL_ZIP_H
#define LT_MODEL_ZIP_H

#include "base/error.h"

/*
 * Find the first file of that name ([name_size] bytes). *out is its bytes within the archive, NULL where there is no
 * archive or no such file; bytes [size] u8. Errors: LT_MODEL_FORMAT (the directory is damaged), LT_MODEL_UNSUPPORTED
 * (the file is compressed or encrypted).
 */
lt_status zip_find(const uint8_t *bytes, size_t size, const char *name, size_t name_size, const uint8_t **out,
                   size_t *out_size, lt_error *error);

#endif
