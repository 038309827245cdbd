/*
 * kernel_node.h - hangs a kernel of ours into an XNNPACK subgraph.
 *
 * XNNPACK makes, shapes and sets up the operator of a node through three functions that the node holds; ours are
 * put in their place. All else stays XNNPACK's: the checks, fused paddings and bounds, the plan of the memory
 * (which the kernels' scratch is a part of), threads.
 */
#ifndef LT_NET_KERNEL_NODE_H
#define LT_NET_KERNEL_NODE_H

#include <xnnpack.h>

/*
 * Have the node that was defined last, an int8 convolution, depthwise convolution or dense layer of which op_kernel
 * (choice.h) names a kernel, run on that kernel.
 */
void kernel_node_own(xnn_subgraph_t subgraph);

#endif
