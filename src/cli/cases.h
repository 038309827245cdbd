/* cases.h - pictures with their diagnoses, from a folder or a CSV file. */
#ifndef LT_CLI_CASES_H
#define LT_CLI_CASES_H

#include <stddef.h>

/* One picture. The strings belong to the list. */
typedef struct cli_case {
    char *file;      /* path */
    char *diagnosis; /* as the folder or the CSV file says it */
    char *lesion;    /* id; NULL: not known */
} cli_case;

typedef struct cli_cases {
    cli_case *items; /* [count], owned */
    size_t count, capacity;
} cli_cases;

/*
 * List the pictures below `path`, sorted by name. A folder has a subfolder for each diagnosis, named after it, with
 * JPEG, PNG and DICOM files in it at any depth. A file is CSV (RFC 4180, separated by commas or semicolons) with a head
 * that names the columns: `file` (or image, image_id, isic_id, filename, path), `diagnosis` (or dx, label, class,
 * target) and, if there is one, `lesion` (or lesion_id). Its files are relative to `pictures`, or where that is NULL to
 * the CSV file's folder, with or without the ending .jpg, .jpeg or .png. Returns 0 after a message on stderr.
 */
int cli_list_cases(const char *path, const char *pictures, cli_cases *out);
void cli_free_cases(cli_cases *cases);

#endif
