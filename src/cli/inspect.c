/* inspect.c - `lentigo inspect`: what a model file holds. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "answer/atlas.h"
#include "answer/documents.h"
#include "base/json.h"
#include "cli.h"
#include "kernels/kernel.h"
#include "model/document.h"
#include "model/op_kind.h"
#include "model/tflite.h"
#include "net/choice.h"
#include "net/input.h"

/* What lt_model.unsaid may say. */
static const struct {
    uint32_t bit;
    const char *name, *remedy;
} unsaid_parts[] = {{LT_UNSAID_LABELS, "labels", "--labels FILE"},
                    {LT_UNSAID_PIXELS, "pixels", "--range LOW,HIGH, or --mean and --std"},
                    {LT_UNSAID_MALIGNANT, "malignant", "--malignant CLASS"}};

/* ---- readable -------------------------------------------------------------------------------- */

static void print_field(const char *name, const char *text) {
    if (!*text) return;
    printf("%-12s ", name);
    cli_print_text(stdout, text);
    printf("\n");
}

static void print_shape(const tfl_tensor *t) {
    for (uint32_t i = 0; i < t->rank; i++) printf(i > 0 ? "x%u" : "%u", (unsigned)t->dims[i]);
    printf(" %s", tfl_type_name(tfl_file_type(t)));
}

static void print_quantisation(const tfl_tensor *t) {
    if (t->scale_count == 1)
        printf(" (scale %g, zero point %d)", (double)t->scales[0], (int)tfl_file_zero(t));
    else if (t->scale_count > 1)
        printf(" (%u scales)", (unsigned)t->scale_count);
}

static void print_tensor(const char *name, const tfl_tensor *t) {
    printf("%-12s ", name);
    print_shape(t);
    print_quantisation(t);
    printf("\n");
}

static void print_model(const lt_model *model) {
    print_field("name", model->name);
    print_field("version", model->version);
    print_field("licence", model->licence);
    print_field("attribution", model->attribution);
    printf("%-12s %zu\n", "bytes", model->file_bytes);
    printf("%-12s centre crop of %g, mean %g %g %g, std %g %g %g\n", "pixels", (double)model->crop,
           (double)model->mean[0], (double)model->mean[1], (double)model->mean[2], (double)model->std[0],
           (double)model->std[1], (double)model->std[2]);
}

/* What the file leaves open, and how classify is told. */
static void print_unsaid(const lt_model *model) {
    for (size_t i = 0; i < sizeof unsaid_parts / sizeof *unsaid_parts; i++)
        if (model->unsaid & unsaid_parts[i].bit)
            printf("%-12s %s (state them with %s)\n", "not said", unsaid_parts[i].name, unsaid_parts[i].remedy);
}

static void print_point(const lt_operating_point *point) {
    printf("  point ");
    cli_print_text(stdout, point->name);
    printf(": malignant from %g finds %.1f %%, and leaves %.1f %% of the others\n", (double)point->threshold,
           100.0 * (double)point->sensitivity, 100.0 * (double)point->specificity);
}

/* The measures of a photo that have limits. */
static void print_quality(const lt_kind *kind) {
    int listed = 0;
    for (int i = 0; i < LT_MEASURE_COUNT; i++) {
        const lt_range *range = &kind->quality[i];
        if (isinf(range->min) && isinf(range->max)) continue;
        printf("%s %s", listed++ > 0 ? "," : "  quality", lt_measure_name((lt_measure)i));
        if (!isinf(range->min)) printf(" from %g", (double)range->min);
        if (!isinf(range->max)) printf(" to %g", (double)range->max);
    }
    if (listed > 0) printf("\n");
}

/* The numbers that decide, by kind of picture; one that has no id is the only one. */
static void print_kinds(const lt_model *model) {
    for (uint32_t i = 0; i < model->kind_count; i++) {
        const lt_kind *kind = &model->kinds[i];
        printf("\n");
        if (*kind->id == '\0') {
            printf("pictures");
        } else {
            printf("kind ");
            cli_print_text(stdout, kind->id);
            printf(": ");
            cli_print_text(stdout, kind->name);
        }
        printf("\n  temperature %g\n", (double)kind->temperature);
        if (kind->confidence > 0.0f) printf("  no clear match below %g\n", (double)kind->confidence);
        if (kind->set_thresholds)
            printf("  sets with a coverage of %g %%, by the prior %s\n", 100.0 * (double)kind->set_coverage,
                   lt_prior_name(kind->set_prior));
        for (uint32_t k = 0; k < kind->point_count; k++) print_point(&kind->points[k]);
        print_quality(kind);
        if (!isnan(kind->ood_threshold)) printf("  not a lesion above %g\n", (double)kind->ood_threshold);
    }
}

static void print_labels(const lt_model *model) {
    printf("\nlabels, with their share in the data%s\n", model->kind_count > 1 ? ", by kind" : "");
    for (uint32_t i = 0; i < model->label_count; i++) {
        const lt_label *label = &model->labels[i];
        for (uint32_t k = 0; k < model->kind_count; k++)
            printf("  %5.1f %%", 100.0 * exp((double)model->kinds[k].log_prior[i]));
        printf("  ");
        cli_print_text(stdout, label->id);
        if (strcmp(label->id, label->name) != 0) {
            printf("  ");
            cli_print_text(stdout, label->name);
        }
        printf("%s\n", label->malignant ? " (malignant)" : "");
    }
}

static uint64_t constant_bytes(const tfl_graph *graph, const tfl_op *op) {
    uint64_t bytes = 0;
    for (uint32_t i = 0; i < op->input_count; i++) {
        const tfl_tensor *t = op->inputs[i] == TFL_NONE ? NULL : &graph->tensors[op->inputs[i]];
        if (t && t->data) bytes += t->elements * tfl_type_size(t->type);
    }
    return bytes;
}

static void print_operators(const tfl_graph *graph) {
    printf("\noperators, with the bytes of their weights, what they give, and the kernel of this processor\n");
    for (uint32_t i = 0; i < graph->op_count; i++) {
        const tfl_op *op = &graph->ops[i];
        const tfl_tensor *output = &graph->tensors[op->output];
        printf("  %4u  %-18s %9llu  ", (unsigned)i, op->kind->name, (unsigned long long)constant_bytes(graph, op));
        print_shape(output);
        print_quantisation(output);
        const kn_kind *kernel = op_kernel(graph, op);
        printf("  %s\n", kernel ? kernel->name : "XNNPACK");
    }
}

/* ---- JSON ------------------------------------------------------------------------------------ */

static void write_number(json_out *out, const char *name, uint64_t value) {
    json_raw(out, name);
    json_unsigned(out, value);
}

static void write_tensor(json_out *out, const tfl_tensor *t) {
    json_raw(out, "{\"name\":");
    json_text(out, t->name, t->name_size);
    json_raw(out, ",\"type\":");
    json_string(out, tfl_type_name(tfl_file_type(t)));
    json_raw(out, ",\"shape\":[");
    for (uint32_t i = 0; i < t->rank; i++) write_number(out, i > 0 ? "," : "", t->dims[i]);
    json_raw(out, "],\"constant\":");
    json_bool(out, t->data != NULL);
    json_raw(out, ",\"scales\":[");
    for (uint32_t i = 0; i < t->scale_count; i++) {
        if (i > 0) json_raw(out, ",");
        json_float(out, t->scales[i]);
    }
    int32_t zero = tfl_file_zero(t);
    json_raw(out, zero < 0 ? "],\"zero_point\":-" : "],\"zero_point\":");
    json_unsigned(out, (uint64_t)llabs((long long)zero));
    json_raw(out, "}");
}

static void write_operator(json_out *out, const tfl_graph *graph, const tfl_op *op) {
    const kn_kind *kernel = op_kernel(graph, op);
    json_raw(out, "{\"name\":");
    json_string(out, op->kind->name);
    json_raw(out, ",\"inputs\":[");
    for (uint32_t i = 0; i < op->input_count; i++) {
        json_raw(out, i > 0 ? "," : "");
        if (op->inputs[i] == TFL_NONE)
            json_raw(out, "null");
        else
            json_unsigned(out, (uint64_t)op->inputs[i]);
    }
    write_number(out, "],\"output\":", op->output);
    json_raw(out, ",\"kernel\":");
    json_string(out, kernel ? kernel->name : "XNNPACK");
    json_raw(out, "}");
}

/* JSON's numbers are not exact to 64 bits. */
static void write_hash(json_out *out, const char *name, uint64_t hash) {
    char text[17];
    (void)snprintf(text, sizeof text, "%016" PRIx64, hash);
    json_raw(out, name);
    json_string(out, text);
}

static size_t write_all(const lt_model *model, const tfl_graph *graph, char *text, size_t capacity) {
    json_out out;
    json_begin(&out, text, capacity);
    doc_model_open(&out, model);
    write_hash(&out, ",\"network\":", atl_key(graph, model));
    write_number(&out, ",\"graph\":{\"input\":", graph->input);
    write_number(&out, ",\"output\":", graph->output);
    json_raw(&out, ",\"operators\":[");
    for (uint32_t i = 0; i < graph->op_count; i++) {
        if (i > 0) json_raw(&out, ",");
        write_operator(&out, graph, &graph->ops[i]);
    }
    json_raw(&out, "],\"tensors\":[");
    for (uint32_t i = 0; i < graph->tensor_count; i++) {
        if (i > 0) json_raw(&out, ",");
        write_tensor(&out, &graph->tensors[i]);
    }
    json_raw(&out, "]}}");
    return json_end(&out);
}

/* Returns 0 where memory is short. */
static int print_json(const lt_model *model, const tfl_graph *graph) {
    size_t length = write_all(model, graph, NULL, 0);
    char *text = malloc(length + 1);
    if (!text) return 0;
    (void)write_all(model, graph, text, length + 1);
    puts(text);
    free(text);
    return 1;
}

/* ---- the command ----------------------------------------------------------------------------- */

static int print_all(const cli_settings *settings, const lt_model *model, const tfl_graph *graph) {
    if (settings->json) return print_json(model, graph);
    print_model(model);
    print_unsaid(model);
    print_tensor("input", &graph->tensors[graph->input]);
    print_tensor("output", &graph->tensors[graph->output]);
    print_kinds(model);
    print_labels(model);
    print_operators(graph);
    return 1;
}

/* The file's model and graph, without an engine. */
static lt_status read_model(const uint8_t *bytes, size_t size, tfl_graph **graph, lt_model **model, lt_error *error) {
    lt_status status = tfl_read(bytes, size, NULL, graph, error);
    if (status != LT_OK) return status;
    const tfl_tensor *input = &(*graph)->tensors[(*graph)->input];
    return document_read(*graph, input_views(input->dims[2], input->dims[1]), NULL, model, error);
}

int cli_inspect(const cli_settings *settings, const cli_files *files) {
    uint8_t *bytes;
    size_t size;
    lt_error error = {0};
    tfl_graph *graph = NULL;
    lt_model *model = NULL;
    if (files->count != 1) {
        fprintf(stderr, "lentigo: inspect takes one model file\n");
        return CLI_USAGE;
    }
    const char *reason = cli_read_file(files->names[0], CLI_MAX_MODEL, &bytes, &size);
    if (!reason && read_model(bytes, size, &graph, &model, &error) != LT_OK) reason = error.text;
    if (reason)
        cli_complain("model ", files->names[0], reason);
    else if (!print_all(settings, model, graph))
        fprintf(stderr, "lentigo: %s\n", reason = lt_status_text(LT_MEMORY));
    free(model);
    tfl_free(graph);
    free(bytes);
    return !reason && fflush(stdout) == 0 ? CLI_OK : CLI_FAILED;
}
