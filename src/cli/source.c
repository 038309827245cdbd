#include "source.h"

#include <curl/curl.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lentigo.h"

/* A host that is silent for so long, seconds, or leads on so often, is given up. */
enum { CONNECT_SECONDS = 30, SILENT_SECONDS = 30, MOST_REDIRECTS = 5 };

enum { HTTP_OK = 200, HTTP_ABSENT = 404, HTTP_BEYOND = 416 };

int source_open(source *from, const char *address, refusal *r) {
    static const char catalog[] = "catalog.json";
    size_t length = strlen(address), named = sizeof catalog - 1;
    *from = (source){.client = NULL};
    if (length + 2 + named > sizeof from->base) return refuse(r, REFUSED_NETWORK, "the address is too long");
    if (length > named && strcmp(address + length - named, catalog) == 0 && address[length - named - 1] == '/')
        length -= named;
    memcpy(from->base, address, length);
    if (length == 0 || from->base[length - 1] != '/') from->base[length++] = '/';
    from->base[length] = '\0';
    int secure = strncmp(address, "https://", 8) == 0;
    if (!secure && strncmp(address, "http://", 7) != 0) return 1;
    from->client = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK ? curl_easy_init() : NULL;
    if (!from->client) return refuse(r, REFUSED_NETWORK, "libcurl does not start");
    CURL *client = from->client;
    (void)curl_easy_setopt(client, CURLOPT_PROTOCOLS_STR, "http,https");
    (void)curl_easy_setopt(client, CURLOPT_REDIR_PROTOCOLS_STR, secure ? "https" : "http,https");
    (void)curl_easy_setopt(client, CURLOPT_FOLLOWLOCATION, 1L);
    (void)curl_easy_setopt(client, CURLOPT_MAXREDIRS, (long)MOST_REDIRECTS);
    (void)curl_easy_setopt(client, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
    (void)curl_easy_setopt(client, CURLOPT_LOW_SPEED_LIMIT, 1L);
    (void)curl_easy_setopt(client, CURLOPT_LOW_SPEED_TIME, (long)SILENT_SECONDS);
    (void)curl_easy_setopt(client, CURLOPT_NOSIGNAL, 1L);
    (void)curl_easy_setopt(client, CURLOPT_USERAGENT, "lentigo/" LT_VERSION);
    return 1;
}

void source_close(source *from) {
    if (!from->client) return;
    curl_easy_cleanup(from->client);
    curl_global_cleanup();
    from->client = NULL;
}

/* ---- what arrives ---------------------------------------------------------------------------- */

/* Where the bytes go: into memory, or into a file from `have` on. */
typedef struct sink {
    source *from;
    char *bytes; /* [most]; NULL: into the file */
    int file;
    uint64_t have, most;
    int over;     /* not 0: more came than `most` */
    int unwritten; /* errno where the file could not be written */
    int begun;    /* not 0: the first bytes of the answer have come */
} sink;

static int put(sink *to, const char *bytes, size_t size) {
    if (size > to->most - to->have) {
        to->over = 1;
        return 0;
    }
    if (to->bytes) memcpy(to->bytes + to->have, bytes, size);
    for (size_t done = 0; !to->bytes && done < size;) {
        ssize_t wrote = pwrite(to->file, bytes + done, size - done, (off_t)(to->have + done));
        if (wrote < 0 && errno == EINTR) continue;
        if (wrote <= 0) {
            to->unwritten = wrote < 0 ? errno : ENOSPC;
            return 0;
        }
        done += (size_t)wrote;
    }
    to->have += size;
    return 1;
}

/* A host that knows no parts sends the whole file: what was there is written over. */
static size_t arrive(char *bytes, size_t one, size_t size, void *context) {
    sink *to = context;
    long code = 0;
    (void)curl_easy_getinfo(to->from->client, CURLINFO_RESPONSE_CODE, &code);
    if (!to->begun && code == HTTP_OK) {
        if (to->have > 0 && ftruncate(to->file, 0) != 0) {
            to->unwritten = errno;
            return 0;
        }
        to->have = 0;
    }
    to->begun = 1;
    return put(to, bytes, one * size) ? size : 0;
}

static int unreachable(const source *from, const char *name, const char *why, refusal *r) {
    return refuse(r, REFUSED_NETWORK, "%.200s%.100s: %s", from->base, name, why);
}

/* One request, its body into the sink; *code is the answer's. */
static int request(sink *to, const char *name, long *code, refusal *r) {
    char url[PATH_MAX + 300], range[32];
    CURL *client = to->from->client;
    (void)snprintf(url, sizeof url, "%s%s", to->from->base, name);
    (void)snprintf(range, sizeof range, "%" PRIu64 "-", to->have);
    to->begun = 0;
    (void)curl_easy_setopt(client, CURLOPT_URL, url);
    (void)curl_easy_setopt(client, CURLOPT_RANGE, to->have > 0 ? range : NULL);
    (void)curl_easy_setopt(client, CURLOPT_WRITEFUNCTION, arrive);
    (void)curl_easy_setopt(client, CURLOPT_WRITEDATA, to);
    (void)curl_easy_setopt(client, CURLOPT_FAILONERROR, 1L);
    CURLcode result = curl_easy_perform(client);
    *code = 0;
    (void)curl_easy_getinfo(client, CURLINFO_RESPONSE_CODE, code);
    if (result == CURLE_OK || to->over || to->unwritten || *code == HTTP_BEYOND) return 1;
    if (result == CURLE_HTTP_RETURNED_ERROR) {
        char text[32];
        (void)snprintf(text, sizeof text, "HTTP %ld", *code);
        to->from->absent = *code == HTTP_ABSENT;
        return unreachable(to->from, name, text, r);
    }
    return unreachable(to->from, name, curl_easy_strerror(result), r);
}

/* The same from a folder, where nothing is left out of what is there already. */
static int copy(sink *to, const char *name, refusal *r) {
    static char piece[1 << 16];
    char path[PATH_MAX + 300];
    struct stat about;
    (void)snprintf(path, sizeof path, "%s%s", to->from->base, name);
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* a pipe must not hold us up */
    to->from->absent = file < 0 && errno == ENOENT;
    if (file < 0) return unreachable(to->from, name, strerror(errno), r);
    ssize_t got = fstat(file, &about) == 0 && S_ISREG(about.st_mode) ? 1 : -2;
    while (got > 0 && (got = pread(file, piece, sizeof piece, (off_t)to->have)) > 0)
        if (!put(to, piece, (size_t)got)) break;
    const char *why = got == -2 ? "is no regular file" : strerror(errno);
    (void)close(file);
    return got < 0 ? unreachable(to->from, name, why, r) : 1;
}

static int bring(sink *to, const char *name, refusal *r) {
    long code;
    to->from->absent = 0;
    if (!to->from->client) return copy(to, name, r);
    if (!request(to, name, &code, r)) return 0;
    if (code != HTTP_BEYOND) return 1;
    to->have = 0; /* what is there is longer than what the host has: from the beginning */
    if (!to->bytes && ftruncate(to->file, 0) != 0) to->unwritten = errno;
    if (to->unwritten) return 1;
    if (!request(to, name, &code, r)) return 0;
    return code == HTTP_BEYOND ? unreachable(to->from, name, "HTTP 416", r) : 1;
}

char *source_read(source *from, const char *name, size_t most, refusal_id longer, size_t *size, refusal *r) {
    sink to = {.from = from, .bytes = malloc(most > 0 ? most : 1), .file = -1, .most = most};
    int came = to.bytes ? bring(&to, name, r) : refuse(r, REFUSED_STORAGE, "%s", lt_status_text(LT_MEMORY));
    if (came && to.over) came = refuse(r, longer, "%.100s: more than %zu bytes", name, most);
    *size = (size_t)to.have;
    if (came) return to.bytes;
    free(to.bytes);
    return NULL;
}

int source_fetch(source *from, const char *name, uint64_t bytes, int file, refusal *r) {
    struct stat about;
    if (fstat(file, &about) != 0) return refuse(r, REFUSED_STORAGE, "%s", strerror(errno));
    sink to = {.from = from, .file = file, .have = (uint64_t)about.st_size, .most = bytes};
    if (to.have == bytes) return 1;
    if (to.have > bytes) {
        to.have = 0;
        if (ftruncate(file, 0) != 0) return refuse(r, REFUSED_STORAGE, "%s", strerror(errno));
    }
    if (!bring(&to, name, r)) return 0;
    if (to.unwritten) return refuse(r, REFUSED_STORAGE, "%.200s: %s", name, strerror(to.unwritten));
    if (to.over) return refuse(r, REFUSED_LENGTH, "%.200s: more than the %" PRIu64 " bytes announced", name, bytes);
    if (to.have == bytes) return 1;
    return refuse(r, REFUSED_LENGTH, "%.200s: %" PRIu64 " bytes, %" PRIu64 " were announced", name, to.have, bytes);
}
