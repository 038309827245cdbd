/* completion.c - `lentigo completion`: what a shell has to know, from the tables of commands and options. */
#include <string.h>

#include "cli.h"

/* Does a value that is called so name a file or folder? */
static int is_path(const char *value) {
    static const char *const names[] = {"FILE", "FOLDER", "ATLAS"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(value, names[i]) == 0) return 1;
    return 0;
}

/* ---- bash ---- */

/* The options of a command; before that what follows one: a choice, or something that cannot be completed. */
static void bash_options(const cli_command *c) {
    const cli_option *o;
    printf("    %s)\n      case $before in\n", c->name);
    for (int at = 0; (o = cli_next_option(c->bit, &at));) {
        if (!o->value || o->value[0] == '[' || is_path(o->value)) continue;
        printf("        %s) COMPREPLY=($(compgen -W '%s' -- \"$word\")); compopt +o default; return ;;\n", o->name,
               o->choices ? o->choices : "");
    }
    printf("      esac\n      options='");
    for (int at = 0; (o = cli_next_option(c->bit, &at));) printf("%s ", o->name);
    printf("--help'");
    if (c->words) printf("; ((COMP_CWORD == 2)) && words='%s'", c->words);
    printf(" ;;\n");
}

static void bash(const cli_command *commands) {
    printf("_lentigo() {\n"
           "  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} options= words= commands='");
    for (const cli_command *c = commands; c->name; c++) printf("%s ", c->name);
    printf("help'\n"
           "  COMPREPLY=()\n"
           "  if ((COMP_CWORD == 1)); then\n"
           "    COMPREPLY=($(compgen -W \"$commands\" -- \"$word\"))\n"
           "    return\n"
           "  fi\n"
           "  case ${COMP_WORDS[1]} in\n"
           "    help) COMPREPLY=($(compgen -W \"$commands\" -- \"$word\")); compopt +o default; return ;;\n"
           "    completion) COMPREPLY=($(compgen -W 'bash zsh' -- \"$word\")); compopt +o default; return ;;\n");
    for (const cli_command *c = commands; c->name; c++)
        if (c->bit) bash_options(c);
    printf("  esac\n"
           "  [[ $word == -* ]] && COMPREPLY=($(compgen -W \"$options\" -- \"$word\"))\n"
           "  [[ $word != -* && $words ]] && COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n"
           "}\n"
           "complete -o default -F _lentigo lentigo\n");
}

/* ---- zsh ---- */

/* A text within single quotes and brackets. */
static void zsh_text(const char *text) {
    for (; *text; text++) {
        if (*text == '\'') {
            printf("'\\''");
            continue;
        }
        if (strchr("[]:\\", *text)) putchar('\\');
        putchar(*text);
    }
}

static void zsh_option(const cli_option *o) {
    printf(" \\\n        '%s[", o->name);
    zsh_text(o->about);
    printf("]");
    if (o->value && o->value[0] != '[') {
        printf(":");
        zsh_text(o->value);
        printf(":");
        if (o->choices) printf("(%s)", o->choices);
        if (is_path(o->value)) printf("_files");
    }
    printf("'");
}

static void zsh(const cli_command *commands) {
    printf("#compdef lentigo\n"
           "_lentigo() {\n"
           "  local -a commands=(");
    for (const cli_command *c = commands; c->name; c++) {
        printf("'%s:", c->name);
        zsh_text(c->summary);
        printf("' ");
    }
    printf("'help:list options')\n"
           "  if ((CURRENT == 2)); then\n"
           "    _describe command commands\n"
           "    return\n"
           "  fi\n"
           "  local chosen=$words[2]\n"
           "  shift words\n"
           "  ((CURRENT--))\n"
           "  case $chosen in\n"
           "    help) _describe command commands ;;\n"
           "    completion) _values shell bash zsh ;;\n");
    for (const cli_command *c = commands; c->name; c++) {
        const cli_option *o;
        if (!c->bit) continue;
        printf("    %s)\n      _arguments", c->name);
        for (int at = 0; (o = cli_next_option(c->bit, &at));) zsh_option(o);
        printf(" \\\n        '--help[list the options]' ");
        if (c->words) printf("'1:COMMAND:(%s)' ", c->words);
        printf("'*:FILE:_files'\n      ;;\n");
    }
    printf("  esac\n"
           "}\n"
           "if [[ $funcstack[1] == _lentigo ]]; then _lentigo \"$@\"; else compdef _lentigo lentigo; fi\n");
}

int cli_completion(const cli_settings *settings, const cli_files *files) {
    const char *shell = files->count == 1 ? files->names[0] : "";
    if (strcmp(shell, "bash") == 0)
        bash(settings->commands);
    else if (strcmp(shell, "zsh") == 0)
        zsh(settings->commands);
    else {
        fprintf(stderr, "lentigo: completion takes one shell, bash or zsh\n");
        return CLI_USAGE;
    }
    return fflush(stdout) == 0 && !ferror(stdout) ? CLI_OK : CLI_FAILED;
}
