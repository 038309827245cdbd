/* model.c - `lentigo model`: models that come from elsewhere, and which of them is used. */
#include "model.h"

#include <inttypes.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/json.h"

/* Stands for the model that came with this program. */
static const char built_in[] = "built-in";

/* ---- list ------------------------------------------------------------------------------------ */

/* A line of the list; entry is NULL for what is only kept here. */
typedef struct row {
    const char *id, *version, *sha256;
    uint64_t bytes;
    const cat_model *listed;
    const char *atlas; /* path of its atlas, where it is kept; NULL: it has none */
    int here, used;
    const char *refused; /* id of a refusal; NULL: it may be taken */
} row;

static size_t write_row(const row *line, char *text, size_t capacity) {
    json_out out;
    json_begin(&out, text, capacity);
    json_raw(&out, "{\"id\":");
    json_string(&out, line->id);
    json_raw(&out, ",\"version\":");
    json_string(&out, line->version);
    json_raw(&out, ",\"sha256\":");
    json_string(&out, line->sha256);
    json_raw(&out, ",\"bytes\":");
    json_unsigned(&out, line->bytes);
    json_raw(&out, ",\"here\":");
    json_bool(&out, line->here);
    json_raw(&out, ",\"used\":");
    json_bool(&out, line->used);
    if (line->atlas) {
        json_raw(&out, ",\"atlas\":");
        json_string(&out, line->atlas);
    }
    if (line->listed) {
        json_raw(&out, ",\"sequence\":");
        json_unsigned(&out, line->listed->sequence);
        json_raw(&out, ",\"licence\":");
        json_string(&out, line->listed->licence);
        json_raw(&out, ",\"note\":");
        json_string(&out, line->listed->note);
        json_raw(&out, ",\"refused\":");
        if (line->refused)
            json_string(&out, line->refused);
        else
            json_raw(&out, "null");
    }
    json_raw(&out, "}");
    return json_end(&out);
}

static int print_json(const row *line) {
    size_t size = write_row(line, NULL, 0);
    char *text = malloc(size + 1);
    if (!text) return CLI_FAILED;
    (void)write_row(line, text, size + 1);
    puts(text);
    free(text);
    return CLI_OK;
}

static int print_row(const cli_settings *settings, const row *line) {
    if (settings->json) return print_json(line);
    printf("%c %s@%s  %" PRIu64 " bytes  %.12s%s", line->used ? '*' : ' ', line->id, line->version, line->bytes,
           line->sha256, line->listed && line->here ? "  here" : "");
    if (line->refused) printf("  %s", line->refused);
    printf("\n");
    if (line->atlas) {
        printf("    atlas ");
        cli_print_text(stdout, line->atlas);
        printf("\n");
    }
    if (!line->listed) return CLI_OK;
    printf("    ");
    cli_print_text(stdout, line->listed->licence);
    printf("%s", *line->listed->note ? "; " : "");
    cli_print_text(stdout, line->listed->note);
    printf("\n");
    return CLI_OK;
}

static int list_kept(const cli_settings *settings, const store *s) {
    int code = CLI_OK;
    for (uint32_t i = 0; i < s->model_count; i++) {
        const store_model *m = &s->models[i];
        char atlas[PATH_MAX];
        refusal r;
        const row line = {.id = m->id,
                          .version = m->version,
                          .sha256 = m->sha256,
                          .bytes = m->bytes,
                          .atlas = *m->atlas && store_path(s, m->atlas, ".atlas", atlas, &r) ? atlas : NULL,
                          .here = 1,
                          .used = strcmp(m->sha256, s->used) == 0};
        code |= print_row(settings, &line);
    }
    if (!settings->json) printf("%c %s, the model that came with this program\n", *s->used ? ' ' : '*', built_in);
    return code;
}

static int list_catalog(const cli_settings *settings, const catalog *c, const store *s) {
    int code = CLI_OK;
    for (uint32_t i = 0; i < c->count; i++) {
        refusal r;
        const cat_model *m = &c->models[i];
        const row line = {.id = m->id,
                          .version = m->version,
                          .sha256 = m->sha256,
                          .bytes = m->bytes,
                          .listed = m,
                          .here = store_find(s, m->sha256) != NULL,
                          .used = strcmp(m->sha256, s->used) == 0,
                          .refused = cat_usable(m, &r) ? NULL : refusal_name(r.id)};
        code |= print_row(settings, &line);
    }
    return code;
}

int model_list(const cli_settings *settings, char **names, int count) {
    static store s;
    static catalog c;
    source from;
    refusal r;
    if (count > 1) {
        fprintf(stderr, "lentigo: model list takes a catalogue's address or folder, or nothing\n");
        return CLI_USAGE;
    }
    if (!store_open(&s, count == 1 ? STORE_WRITE : STORE_READ, &r)) return model_refused(s.folder, &r);
    if (count == 0) return list_kept(settings, &s);
    int code = CLI_FAILED;
    if (model_catalog(settings, names[0], &s, &from, &c)) {
        code = store_save(&s, &r) ? list_catalog(settings, &c, &s) : model_refused(s.folder, &r);
        cat_free(&c);
        source_close(&from);
    }
    store_close(&s);
    return code;
}

/* ---- use and remove -------------------------------------------------------------------------- */

static int unknown(const char *name) {
    cli_complain("", name, "no such model is here; lentigo model list names them");
    return CLI_FAILED;
}

/* Only after all of it was checked once more does the pointer move. */
static int use(store *s, const char *name) {
    refusal r;
    const store_model *model = strcmp(name, built_in) == 0 ? NULL : store_find_named(s, name);
    if (!model && strcmp(name, built_in) != 0) return unknown(name);
    if (model && !model_check_kept(s, model, &r)) return model_refused(name, &r);
    memcpy(s->used, model ? model->sha256 : "", model ? sizeof s->used : 1);
    if (!store_save(s, &r)) return model_refused(s->folder, &r);
    if (model)
        printf("%s@%s is used from now on\n", model->id, model->version);
    else
        printf("the model that came with this program is used from now on\n");
    return CLI_OK;
}

/* The one in use stays, so that there is never none. */
static int take_away(store *s, const char *name) {
    char path[PATH_MAX];
    refusal r;
    const store_model *found = store_find_named(s, name);
    if (!found) return unknown(name);
    if (strcmp(found->sha256, s->used) == 0) {
        cli_complain("", name, "is used; lentigo model use ID or built-in takes another one first");
        return CLI_FAILED;
    }
    const store_model model = *found;
    store_drop(s, model.sha256);
    if (!store_path(s, model.sha256, ".tflite", path, &r) || !store_save(s, &r)) return model_refused(s->folder, &r);
    (void)unlink(path);
    store_sweep(s);
    printf("%s@%s is gone\n", model.id, model.version);
    return CLI_OK;
}

static int change(char **names, int count, const char *command, int (*how)(store *, const char *)) {
    static store s;
    refusal r;
    if (count != 1) {
        fprintf(stderr, "lentigo: model %s takes one model, ID or ID@VERSION\n", command);
        return CLI_USAGE;
    }
    if (!store_open(&s, STORE_WRITE, &r)) return model_refused(s.folder, &r);
    int code = how(&s, names[0]);
    store_close(&s);
    return code;
}

static int model_use(const cli_settings *settings, char **names, int count) {
    (void)settings;
    return change(names, count, "use", use);
}

static int model_remove(const cli_settings *settings, char **names, int count) {
    (void)settings;
    return change(names, count, "remove", take_away);
}

/* ---- which command --------------------------------------------------------------------------- */

static const struct {
    const char *name;
    int (*run)(const cli_settings *settings, char **names, int count);
} commands[] = {
    {"list", model_list}, {"fetch", model_fetch},   {"verify", model_verify},
    {"use", model_use},   {"remove", model_remove},
};

int cli_model(const cli_settings *settings, const cli_files *files) {
    if (sodium_init() < 0) {
        fprintf(stderr, "lentigo: libsodium does not start\n");
        return CLI_FAILED;
    }
    for (size_t i = 0; files->count > 0 && i < sizeof commands / sizeof *commands; i++) {
        if (strcmp(files->names[0], commands[i].name) != 0) continue;
        int code = commands[i].run(settings, files->names + 1, files->count - 1);
        return fflush(stdout) == 0 ? code : CLI_FAILED;
    }
    fprintf(stderr, "lentigo: model takes list, fetch, verify, use or remove; lentigo help model\n");
    return CLI_USAGE;
}
