/*
 * What fuzzing has found its ways with (corpus/), once more through every target under sanitizers: each file from a
 * heap block of its size, so that a read beyond its end is caught. Runs from the top of the repository.
 */
#include "check.h"

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "targets.h"

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/common_interface_defs.h>
#else
#define __sanitizer_set_death_callback(callback) ((void)0)
#endif

#define CORPUS "tests/fuzz/corpus"

#define ON(target) cmocka_unit_test_prestate(every_input_keeps_the_promises, (void *)(uintptr_t)&fuzz_##target)

/* Fewer would mean that the corpus is not there. */
enum { LEAST_FILES = 8 };

static char path[4096]; /* of the file at work */

/* Whatever ends the program, the file that did it is named. */
static void tell_path(void) {
    fprintf(stderr, "the file is %s\n", path);
}

static void on_abort(int number) {
    (void)number;
    tell_path();
}

static void run_file(const fuzz_target *target) {
    FILE *file = fopen(path, "rb");
    if (file == NULL) fail_msg("%s cannot be opened", path);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    long size = ftell(file);
    assert_true(size >= 0);
    rewind(file);
    uint8_t *bytes = malloc(size > 0 ? (size_t)size : 1);
    assert_non_null(bytes);
    assert_int_equal(fread(bytes, 1, (size_t)size, file), size);
    fclose(file);
    target->run(bytes, (size_t)size);
    free(bytes);
}

static void every_input_keeps_the_promises(void **state) {
    const fuzz_target *target = *state;
    snprintf(path, sizeof path, CORPUS "/%s", target->name);
    DIR *folder = opendir(path);
    if (folder == NULL) fail_msg("%s cannot be opened", path);
    int files = 0;
    for (const struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        if (entry->d_name[0] == '.') continue;
        snprintf(path, sizeof path, CORPUS "/%s/%s", target->name, entry->d_name);
        run_file(target);
        files++;
    }
    closedir(folder);
    assert_true(files >= LEAST_FILES);
}

int main(void) {
    const struct CMUnitTest tests[] = {ON(photo), ON(png),  ON(dicom), ON(inflate), ON(colour),
                                       ON(model), ON(meta), ON(atlas), ON(catalog)};
    signal(SIGABRT, on_abort);
    __sanitizer_set_death_callback(tell_path);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
