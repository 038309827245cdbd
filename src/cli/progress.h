/* progress.h - how far a run is, in one line on standard error, where that is a terminal. */
#ifndef LT_CLI_PROGRESS_H
#define LT_CLI_PROGRESS_H

#include <stddef.h>

typedef struct progress {
    int shown;       /* not 0: standard error is a terminal, and there is more than one photo */
    double start_ms; /* when the first photo was begun */
    double told_ms;  /* when the line was written last; 0: it is not there */
    size_t done;
} progress;

/* Can a line be shown at all? */
int progress_possible(void);

void progress_start(progress *p, int shown);

/* One photo more is done, `left` remain; all: not 0 where no more can come. Writes the line some times a second. */
void progress_step(progress *p, size_t left, int all);

/* Take the line away, before other text and at the end. */
void progress_clear(progress *p);

/*
 * The line into out ([capacity]): "12 of 300, 8.1 a second, 0:36 left". Without an end in sight a + follows the number
 * and there is no time.
 */
void progress_text(char *out, size_t capacity, size_t done, size_t left, int all, double elapsed_ms);

#endif
