/* netload.h - a network out of the bytes of a model file, as lt_load_model makes one. */
#ifndef NETLOAD_H
#define NETLOAD_H

#include "net/net.h"

/* tfl_read and net_load. Errors: as both. */
lt_status net_from_file(const uint8_t *bytes, size_t size, uint32_t threads, net **out, lt_error *error);

#endif
