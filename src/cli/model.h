/* model.h - what the commands of `lentigo model` share. */
#ifndef LT_CLI_MODEL_H
#define LT_CLI_MODEL_H

#include "cli.h"
#include "trust.h"

/* Say on stderr that something was refused: what it is about, the id, the sentence. Gives CLI_FAILED. */
int model_refused(const char *about, const refusal *r);

/*
 * Is the open file the announced model, and does it work here? Its length and hash, then an engine of its own loads it,
 * then its self-test. `announced` may be NULL: then only the last two. Returns 0 on a refusal.
 */
int model_check(int file, const cat_model *announced, refusal *r);

/*
 * Is the open file the announced atlas of similar lesions, and does it belong to the network of the open model file? Its length
 * and hash, then an engine takes both. Returns 0 on a refusal.
 */
int model_check_atlas(int file, const cat_file *announced, int model, refusal *r);

/* The same of a model that is kept, and of its atlas, where it has one. */
int model_check_kept(const store *s, const store_model *model, refusal *r);
int model_check_kept_atlas(const store *s, const store_model *model, refusal *r);

/* The file of a kept model, for reading, to be closed; -1 on a refusal. */
int model_open_kept(const store *s, const store_model *model, refusal *r);

/* The catalogue at an address, by the keys in the store and of --keys. Returns 0 after a message on stderr. */
int model_catalog(const cli_settings *settings, const char *address, store *s, source *from, catalog *out);

/* The commands; names [count] are what follows the command's own name. */
int model_fetch(const cli_settings *settings, char **names, int count);
int model_verify(const cli_settings *settings, char **names, int count);
int model_list(const cli_settings *settings, char **names, int count);

#endif
