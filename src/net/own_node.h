/*
 * own_node.h - nodes of an XNNPACK subgraph that run code of ours, for operators that XNNPACK has not.
 *
 * XNNPACK plans the memory of such a node's input, output and scratch and shares its pieces among the threads, as it
 * does for its own; see kernel_node.h for how. A node has two phases: all pieces of the first are done before the
 * second begins.
 */
#ifndef LT_NET_OWN_NODE_H
#define LT_NET_OWN_NODE_H

#include <xnnpack.h>

enum { OWN_INPUTS = 2, OWN_PHASES = 2 };

typedef struct own_node own_node;

/* What a piece of work is given. */
typedef struct own_run {
    const own_node *node;
    const void *in[OWN_INPUTS]; /* the values; with XNN_EXTRA_BYTES behind them */
    void *out;
    void *shared; /* [shared_bytes] that all pieces of a run see, 64-byte aligned */
} own_run;

/* One operator; whoever makes it embeds this at the start of a structure with more. It lives as long as the runtime. */
struct own_node {
    size_t shared_bytes, thread_bytes; /* of scratch */
    uint32_t pieces[OWN_PHASES]; /* that the work of a phase is cut into; 0: there is no such phase */
    void (*phases[OWN_PHASES])(const own_run *run, uint32_t piece, void *scratch); /* scratch: [thread_bytes] */

    size_t rank, sizes[XNN_MAX_TENSOR_DIMS]; /* of the output; own_node_define sets them */
};

/*
 * Define the node: inputs are [count] values, 1 to OWN_INPUTS of them. Inputs and output may have any type and shape
 * that the subgraph's values have.
 */
enum xnn_status own_node_define(xnn_subgraph_t subgraph, own_node *node, const uint32_t *inputs, uint32_t count,
                                uint32_t output);

#endif
