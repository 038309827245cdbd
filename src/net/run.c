/* The layout of XNNPACK's structures depends on what it was built with, so that comes first. */
#include <xnnpack-flags.h>

#include "run.h"

#include <xnnpack/operator.h>
#include <xnnpack/subgraph.h>

enum xnn_status run_operators(xnn_runtime_t runtime, cancel *c) {
    for (size_t i = 0; i < runtime->num_ops; i++)
        for (size_t k = 0; k < XNN_MAX_OPERATOR_OBJECTS; k++) {
            xnn_operator_t op = runtime->opdata[i].operator_objects[k];
            if (!op) continue; /* fused into another one */
            if (cancel_seen(c)) return xnn_status_success;
            enum xnn_status status = xnn_run_operator_with_index(op, i, k, runtime->threadpool);
            if (status != xnn_status_success) return status;
        }
    return xnn_status_success;
}
