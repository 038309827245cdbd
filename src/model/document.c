#include "document.h"

#include "base/memory.h"
#include "base/wide.h"
#include "foreign.h"
#include "meta.h"

lt_status document_read(const tfl_graph *graph, uint32_t views, const lt_stated *stated, lt_model **out,
                        lt_error *error) {
    const tfl_tensor *input = &graph->tensors[graph->input];
    const uint8_t *json = graph->metadata;
    size_t size = graph->metadata_size;
    const meta_net net = {.classes = graph->classes,
                          .width = input->dims[2],
                          .height = input->dims[1],
                          .views = views,
                          .file_bytes = graph->size,
                          .may_lack_labels = json == NULL};
    uint8_t *made = NULL;
    uint32_t unsaid = 0;
    lt_status status = LT_OK;
    *out = NULL;
    if (LT_WIDE && stated && json)
        return lt_fail(error, LT_ARGUMENT, "the model's file says itself what its labels and pixels are");
    if (LT_WIDE && !json) {
        status = foreign_document(graph, stated, &made, &size, &unsaid, error);
        json = made;
    }
    if (status == LT_OK) status = meta_read(json, size, &net, graph->memory, out, error);
    if (status == LT_OK) (*out)->unsaid = unsaid;
    mem_give(graph->memory, made);
    return status;
}
