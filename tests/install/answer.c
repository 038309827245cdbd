/* answer MODEL PHOTO: a program as others write it against the installed header; prints the likeliest class. */
#include <lentigo.h>
#include <stdio.h>
#include <stdlib.h>

static void *read_file(const char *path, size_t *size) {
    FILE *file = fopen(path, "rb");
    void *bytes = malloc(1 << 24);
    *size = file && bytes ? fread(bytes, 1, 1 << 24, file) : 0;
    if (file) fclose(file);
    return bytes;
}

int main(int count, char **arguments) {
    size_t model_size, photo_size;
    if (count != 3) return 2;
    void *model = read_file(arguments[1], &model_size), *photo = read_file(arguments[2], &photo_size);
    lt_engine *engine = NULL;
    lt_result *result = NULL;
    int ok = lt_create(NULL, &engine) == LT_OK && lt_load_model(engine, model, model_size) == LT_OK &&
             lt_result_create(engine, &result) == LT_OK &&
             lt_classify(engine, photo, photo_size, NULL, result) == LT_OK;
    if (ok)
        printf("%s %s %.4f\n", lt_version(), lt_get_model(engine)->labels[result->order[0]].id,
               (double)result->probabilities[result->order[0]]);
    else if (engine)
        fprintf(stderr, "%s\n", lt_error_text(engine));
    lt_result_free(result);
    lt_destroy(engine);
    free(model);
    free(photo);
    return !ok;
}
