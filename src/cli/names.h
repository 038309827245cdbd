/*
 * names.h - the photos' names: those among the arguments, and where "-" stands those on standard input.
 *
 *     names n;
 *     if (!names_start(&n, &files, settings->zero, progress)) …no memory…
 *     char name[PATH_MAX];
 *     while (names_next(&n, name) == NAMES_ONE) …
 *     names_end(&n);
 */
#ifndef LT_CLI_NAMES_H
#define LT_CLI_NAMES_H

#include "cli.h"

typedef struct names {
    const cli_files *files;
    int at;     /* argument that is next */
    int zero;   /* not 0: only a 0 byte ends a name */
    int ahead;  /* not 0: what standard input has is read before it is needed, so that it can be counted */
    char *bytes; /* [capacity], read from standard input and not yet given: those from start to end */
    size_t start, end, capacity;
    int done;   /* standard input has ended */
    const char *error; /* why it cannot be read, or NULL */
} names;

typedef enum names_step { NAMES_ONE, NAMES_LONG, NAMES_END } names_step;

/* Returns 0 where memory is short. */
int names_start(names *n, const cli_files *files, int zero, int ahead);
void names_end(names *n);

/*
 * The next name into name ([PATH_MAX]). NAMES_LONG: it is longer than that, and name has its start. NAMES_END: there are
 * no more, or a signal came while one was waited for.
 */
names_step names_next(names *n, char *name);

/* How many there are still, as far as is known; *all: whether no more can come. */
size_t names_left(names *n, int *all);

#endif
