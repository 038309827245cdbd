/* run.h - runs the operators of an XNNPACK runtime one by one, so that it can end between two of them. */
#ifndef LT_NET_RUN_H
#define LT_NET_RUN_H

#include <xnnpack.h>

#include "base/cancel.h"

/* As xnn_invoke_runtime, but for its profiler. Where the call is to end, so does this: cancel_seen tells. */
enum xnn_status run_operators(xnn_runtime_t runtime, cancel *c);

#endif
