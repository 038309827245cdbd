#include "progress.h"

#include <stdio.h>
#include <unistd.h>

#include "base/clock.h"

/* Between two lines; more often would only flicker. */
#define PAUSE_MS 200.0

enum { SECONDS_A_MINUTE = 60, SECONDS_AN_HOUR = 3600 };

int progress_possible(void) {
    return isatty(STDERR_FILENO);
}

void progress_start(progress *p, int shown) {
    *p = (progress){.shown = shown, .start_ms = clock_ms()};
}

static void put_time(char *out, size_t capacity, double seconds) {
    unsigned long whole = (unsigned long)(seconds + 0.5), rest = whole % SECONDS_AN_HOUR;
    if (whole >= SECONDS_AN_HOUR)
        (void)snprintf(out, capacity, "%lu:%02lu:%02lu", whole / SECONDS_AN_HOUR, rest / SECONDS_A_MINUTE,
                       rest % SECONDS_A_MINUTE);
    else
        (void)snprintf(out, capacity, "%lu:%02lu", rest / SECONDS_A_MINUTE, rest % SECONDS_A_MINUTE);
}

void progress_text(char *out, size_t capacity, size_t done, size_t left, int all, double elapsed_ms) {
    char time[40] = "";
    double rate = elapsed_ms > 0 ? (double)done * 1000 / elapsed_ms : 0;
    if (all && rate > 0) put_time(time, sizeof time, (double)left / rate);
    (void)snprintf(out, capacity, "%zu of %zu%s, %.*f a second%s%s%s", done, done + left, all ? "" : "+",
                   rate < 10 ? 1 : 0, rate, *time ? ", " : "", time, *time ? " left" : "");
}

void progress_step(progress *p, size_t left, int all) {
    char text[120];
    double now = clock_ms();
    p->done++;
    if (!p->shown || (p->told_ms > 0 && now - p->told_ms < PAUSE_MS)) return;
    progress_text(text, sizeof text, p->done, left, all, now - p->start_ms);
    fprintf(stderr, "\r\x1b[K%s", text); /* to the line's start; what stands there goes */
    fflush(stderr);
    p->told_ms = now;
}

void progress_clear(progress *p) {
    if (!p->shown || p->told_ms == 0) return;
    fprintf(stderr, "\r\x1b[K");
    fflush(stderr);
    p->told_ms = 0;
}
