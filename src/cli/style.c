#include "style.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The terminal's own colours (ECMA-48), so that its theme holds: back to plain, bold, bold yellow, faint. */
static const char *const sequences[STYLE_COUNT] = {"\x1b[0m", "\x1b[1m", "\x1b[1;33m", "\x1b[2m"};

static int wanted(void) {
    const char *none = getenv("NO_COLOR"), *terminal = getenv("TERM");
    return isatty(STDOUT_FILENO) && (!none || *none == '\0') && terminal && strcmp(terminal, "dumb") != 0;
}

const char *cli_style_on(cli_style style) {
    return wanted() ? sequences[style] : "";
}
