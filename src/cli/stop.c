#include "stop.h"

#include <signal.h>
#include <stddef.h>

static volatile sig_atomic_t asked; /* the signal's number, or 0 */

static void note(int number) {
    asked = number;
}

void stop_listen(void) {
    static const int numbers[] = {SIGINT, SIGTERM};
    /* Without SA_RESTART: reading names that do not come is given up. */
    struct sigaction action = {.sa_handler = note, .sa_flags = (int)SA_RESETHAND};
    (void)sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) (void)sigaction(numbers[i], &action, NULL);
}

int stop_asked(void) {
    return asked != 0;
}

void stop_finish(void) {
    if (asked == 0) return;
    (void)signal(asked, SIG_DFL);
    (void)raise(asked);
}
