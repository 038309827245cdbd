/* style.h - colours of the text, for terminals that want them. */
#ifndef LT_CLI_STYLE_H
#define LT_CLI_STYLE_H

/* What a part of the text is. */
typedef enum cli_style { STYLE_PLAIN, STYLE_STRONG, STYLE_WARNING, STYLE_QUIET, STYLE_COUNT } cli_style;

/*
 * The sequence that starts a style on standard output; "" where that is no terminal, where NO_COLOR is set to anything, or
 * where TERM is "dumb" or not set.
 */
const char *cli_style_on(cli_style style);

#endif
