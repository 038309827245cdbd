/*
 * sized.h - structures that begin with their size, since the caller's header may be older or newer than ours.
 *
 * What an older header lacks is 0; so a member that is added later has 0 as its default, and lies behind the older
 * structure's last byte, never in its padding, which may hold anything.
 */
#ifndef LT_BASE_SIZED_H
#define LT_BASE_SIZED_H

#include <stddef.h>

/* Bytes up to the end of a member: the size of the version that it was the last member of. */
#define SIZED_UP_TO(type, member) (offsetof(type, member) + sizeof(((type *)0)->member))

/* Most bytes that a version of any structure has: a larger size was never set. */
enum { SIZED_MOST = 4096 };

/*
 * Copy a caller's structure to *out ([own] bytes, begins with a size_t), whose size then is own. least is the size of the
 * first version. Returns 0 where its size is that of no version, or where a member behind ours is not 0.
 */
int sized_read(const void *from, size_t least, void *out, size_t own);

/* Write a structure of ours ([own] bytes) to a caller's, as much as that has room for; returns 0 as above. */
int sized_write(const void *from, size_t own, size_t least, void *out);

#endif
