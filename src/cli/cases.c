#include "cases.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "cli.h"

enum { MAX_DEPTH = 16, MAX_COLUMNS = 256 };
#define MAX_CSV ((size_t)64 << 20)

static const char *const endings[] = {".jpg", ".jpeg", ".png", ".dcm"};

enum { ENDINGS = sizeof endings / sizeof *endings };

static const char no_memory[] = "there is not enough memory";

/* ---- the list -------------------------------------------------------------------------------- */

void cli_free_cases(cli_cases *cases) {
    for (size_t i = 0; i < cases->count; i++) {
        free(cases->items[i].file);
        free(cases->items[i].diagnosis);
        free(cases->items[i].lesion);
    }
    free(cases->items);
    *cases = (cli_cases){0};
}

/* Add a case made of copies; lesion may be NULL. Returns 0 where memory is short. */
static int add(cli_cases *cases, const char *file, const char *diagnosis, const char *lesion) {
    if (cases->count == cases->capacity) {
        size_t capacity = cases->capacity > 0 ? 2 * cases->capacity : 64;
        cli_case *items = realloc(cases->items, capacity * sizeof *items);
        if (!items) return 0;
        cases->items = items;
        cases->capacity = capacity;
    }
    cli_case *item = &cases->items[cases->count++];
    *item = (cli_case){strdup(file), strdup(diagnosis), lesion ? strdup(lesion) : NULL};
    return item->file && item->diagnosis && (item->lesion || !lesion);
}

static int by_file(const void *a, const void *b) {
    return strcmp(((const cli_case *)a)->file, ((const cli_case *)b)->file);
}

/* ---- a folder -------------------------------------------------------------------------------- */

static int is_picture(const char *name) {
    size_t length = strlen(name);
    for (int i = 0; i < ENDINGS; i++) {
        size_t own = strlen(endings[i]);
        if (length > own && strcasecmp(name + length - own, endings[i]) == 0) return 1;
    }
    return 0;
}

/* "folder/name" into path ([PATH_MAX]); 0 where it is too long. */
static int join(char *path, const char *folder, const char *name) {
    int length = snprintf(path, PATH_MAX, "%s/%s", folder, name);
    return length > 0 && length < PATH_MAX;
}

/* Take in what lies below a folder; diagnosis is NULL at the top. Returns NULL, or the reason why not. */
static const char *walk(const char *folder, const char *diagnosis, int depth, cli_cases *out) {
    char path[PATH_MAX];
    const struct dirent *entry;
    const char *reason = NULL;
    if (depth > MAX_DEPTH) return "folders within folders, too deep";
    DIR *listing = opendir(folder);
    if (!listing) return strerror(errno);
    while (!reason && (entry = readdir(listing))) {
        struct stat about;
        if (entry->d_name[0] == '.' || !join(path, folder, entry->d_name) || stat(path, &about) != 0) continue;
        if (S_ISDIR(about.st_mode))
            reason = walk(path, diagnosis ? diagnosis : entry->d_name, depth + 1, out);
        else if (diagnosis && S_ISREG(about.st_mode) && is_picture(entry->d_name))
            reason = add(out, path, diagnosis, NULL) ? NULL : no_memory;
    }
    (void)closedir(listing);
    return reason;
}

/* ---- a CSV file ------------------------------------------------------------------------------ */

/* The rest of the text, cut into fields in place. */
typedef struct csv {
    char *at;
    char separator;
} csv;

/*
 * Cut one line into its fields ([MAX_COLUMNS]), each ended by a 0, quotes taken off. Returns how many there are, 0 at
 * the end of the text, or -1 where there are too many or a quote is not closed.
 */
static int cut_line(csv *text, char *fields[MAX_COLUMNS]) {
    int count = 0;
    char *at = text->at;
    if (*at == '\0') return 0;
    for (;;) {
        if (count == MAX_COLUMNS) return -1;
        char *to = fields[count++] = at;
        int quoted = *at == '"';
        for (at += quoted; *at && (quoted || (*at != text->separator && *at != '\n' && *at != '\r')); at++) {
            if (quoted && *at == '"') {
                if (at[1] != '"') {
                    quoted = 0;
                    continue;
                }
                at++; /* two of them stand for one */
            }
            *to++ = *at;
        }
        if (quoted) return -1;
        char end = *at;
        if (end == '\r' && at[1] == '\n') at++;
        if (end != '\0') at++;
        *to = '\0';
        if (end == text->separator) continue;
        text->at = at;
        return count;
    }
}

static const char *const file_names[] = {"file", "filename", "image", "image_id", "isic_id", "picture", "path", NULL};
static const char *const diagnosis_names[] = {"diagnosis", "dx", "label", "class", "target", NULL};
static const char *const lesion_names[] = {"lesion", "lesion_id", NULL};

/* The column that has the first of the names that any has; -1: none. */
static int find_column(char *const *head, int count, const char *const *names) {
    for (; *names; names++)
        for (int i = 0; i < count; i++)
            if (strcasecmp(head[i], *names) == 0) return i;
    return -1;
}

static int is_file(const char *path) {
    struct stat about;
    return stat(path, &about) == 0 && S_ISREG(about.st_mode);
}

/* The path of a picture named in the CSV file, into path ([PATH_MAX]); without a file of that name, the name itself. */
static int find_picture(char *path, const char *folder, const char *name) {
    char full[PATH_MAX + 8];
    if (*name == '/' ? snprintf(path, PATH_MAX, "%s", name) >= PATH_MAX : !join(path, folder, name)) return 0;
    if (is_file(path)) return 1;
    for (int i = 0; i < ENDINGS; i++) {
        (void)snprintf(full, sizeof full, "%s%s", path, endings[i]);
        if (!is_file(full) || strlen(full) >= PATH_MAX) continue;
        memcpy(path, full, strlen(full) + 1);
        return 1;
    }
    return 1;
}

/* Returns NULL, or the reason why not, and then *line is where. */
static const char *read_lines(char *text, const char *folder, cli_cases *out, size_t *line) {
    char *fields[MAX_COLUMNS], path[PATH_MAX];
    size_t first = strcspn(text, "\r\n");
    const char *semicolon = memchr(text, ';', first);
    csv rest = {text, semicolon && !memchr(text, ',', first) ? ';' : ','};
    int count = cut_line(&rest, fields);
    int file = find_column(fields, count, file_names), dx = find_column(fields, count, diagnosis_names);
    int lesion = find_column(fields, count, lesion_names);
    *line = 1;
    if (count < 0) return "too many columns, or a quote that is not closed";
    if (file < 0) return "no column of the head is called file";
    if (dx < 0) return "no column of the head is called diagnosis";
    while ((count = cut_line(&rest, fields)) != 0) {
        ++*line;
        if (count < 0) return "too many columns, or a quote that is not closed";
        if (count == 1 && *fields[0] == '\0') continue;
        if (file >= count || dx >= count || *fields[file] == '\0') return "the line has no file or no diagnosis";
        if (!find_picture(path, folder, fields[file])) return "the path is too long";
        const char *whose = lesion >= 0 && lesion < count && *fields[lesion] ? fields[lesion] : NULL;
        if (!add(out, path, fields[dx], whose)) return no_memory;
    }
    return NULL;
}

static const char *read_csv(const char *path, const char *pictures, cli_cases *out, size_t *line) {
    static const char mark[] = "\xEF\xBB\xBF"; /* of UTF-8, which spreadsheets write */
    char own[PATH_MAX];
    uint8_t *bytes;
    size_t size;
    const char *reason = cli_read_file(path, MAX_CSV, &bytes, &size);
    if (reason) return reason;
    const char *slash = strrchr(path, '/');
    (void)snprintf(own, sizeof own, "%.*s", slash ? (int)(slash - path) : 1, slash ? path : ".");
    char *text = malloc(size + 1);
    if (text) {
        memcpy(text, bytes, size);
        text[size] = '\0';
        int marked = strncmp(text, mark, sizeof mark - 1) == 0;
        if (memchr(text, '\0', size))
            reason = "a 0 byte: this is no CSV file";
        else
            reason = read_lines(text + (marked ? sizeof mark - 1 : 0), pictures ? pictures : own, out, line);
    }
    free(bytes);
    if (!text) return no_memory;
    free(text);
    return reason;
}

/* ---- both ------------------------------------------------------------------------------------ */

int cli_list_cases(const char *path, const char *pictures, cli_cases *out) {
    struct stat about;
    char where[64] = "";
    size_t line = 0;
    const char *reason;
    *out = (cli_cases){0};
    if (stat(path, &about) != 0)
        reason = strerror(errno);
    else if (S_ISDIR(about.st_mode))
        reason = walk(path, NULL, 0, out);
    else
        reason = read_csv(path, pictures, out, &line);
    if (!reason && out->count == 0)
        reason = line > 0 ? "no line names a picture" : "no subfolder, named after a diagnosis, with a picture in it";
    if (!reason) {
        qsort(out->items, out->count, sizeof *out->items, by_file);
        return 1;
    }
    if (line > 0) (void)snprintf(where, sizeof where, "line %zu: ", line);
    char message[512];
    (void)snprintf(message, sizeof message, "%s%s", where, reason);
    cli_complain("", path, message);
    cli_free_cases(out);
    return 0;
}
