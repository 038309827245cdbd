/* Model files: read, and where they are small enough to be quick, made ready and run. */
#include <stdlib.h>
#include <string.h>

#include "model/document.h"
#include "model/tflite.h"
#include "net/net.h"
#include "targets.h"

/* Elements of all tensors together. */
#define MOST_ELEMENTS 100000u

/* Multiplications of all operators together, at most. */
#define MOST_WORK 20000000u

static uint64_t work_of(const tfl_graph *graph) {
    uint64_t elements = 0, most = 0, work = 0;
    for (uint32_t i = 0; i < graph->tensor_count; i++) {
        elements += graph->tensors[i].elements;
        if (graph->tensors[i].elements > most) most = graph->tensors[i].elements;
    }
    if (elements > MOST_ELEMENTS) return UINT64_MAX;
    for (uint32_t i = 0; i < graph->op_count; i++) {
        const tfl_op *op = &graph->ops[i];
        uint64_t each = 1;
        for (uint32_t k = 0; k < op->input_count; k++)
            if (op->inputs[k] >= 0 && graph->tensors[op->inputs[k]].data != NULL)
                each += graph->tensors[op->inputs[k]].elements;
        work += each * graph->tensors[op->output].elements;
    }
    return work;
}

static void run_net(const tfl_graph *graph) {
    lt_error error = {.status = LT_OK};
    static float logits[LT_MAX_LABELS];
    net *n = NULL;
    lt_status status = net_load(graph, &(net_options){.threads = 1}, &n, &error);
    FUZZ_PROMISE(error.status == status && (n == NULL) == (status != LT_OK));
    if (status == LT_OK) {
        const net_io *in = net_input(n);
        memset(in->data, 1, (size_t)in->height * in->width * 3 * (in->is_int8 ? 1 : sizeof(float)));
        status = net_run(n, logits, &error);
        FUZZ_PROMISE(status == LT_OK || status == LT_RUNTIME);
    }
    net_free(n);
}

/* What the file says of itself: in our document, or in TFLite Metadata and the archive behind the model. */
static void read_document(const tfl_graph *graph) {
    lt_error error = {.status = LT_OK};
    lt_model *model = NULL;
    lt_status status = document_read(graph, 1, NULL, &model, &error);
    FUZZ_PROMISE(error.status == status && (model == NULL) == (status != LT_OK));
    FUZZ_PROMISE(status == LT_OK || strchr(error.text, ' ') != NULL);
    FUZZ_PROMISE(status != LT_OK || model->label_count == graph->classes);
    free(model);
}

static void run(const uint8_t *bytes, size_t size) {
    lt_error error = {.status = LT_OK};
    tfl_graph *graph = NULL;
    lt_status status = tfl_read(bytes, size, NULL, &graph, &error);
    FUZZ_PROMISE(error.status == status && (graph == NULL) == (status != LT_OK));
    FUZZ_PROMISE(status == LT_OK || status == LT_MODEL_FORMAT || status == LT_MODEL_UNSUPPORTED);
    FUZZ_PROMISE(status == LT_OK || strchr(error.text, ' ') != NULL); /* a sentence */
    if (status == LT_OK) read_document(graph);
    if (status == LT_OK && work_of(graph) <= MOST_WORK) run_net(graph);
    tfl_free(graph);
}

const fuzz_target fuzz_model = {.name = "model", .run = run};
