#include "netload.h"

#include "model/tflite.h"

lt_status net_from_file(const uint8_t *bytes, size_t size, uint32_t threads, net **out, lt_error *error) {
    tfl_graph *graph;
    *out = NULL;
    lt_status status = tfl_read(bytes, size, NULL, &graph, error);
    if (status != LT_OK) return status;
    status = net_load(graph, &(net_options){.threads = threads}, out, error);
    tfl_free(graph);
    return status;
}
