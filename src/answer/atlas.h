/*
 * atlas.h - the lesions with known diagnosis that look most like a photo to the network.
 *
 * An atlas is a file of its own, made by training/atlas.py for one network. A photo is placed among its lesions by
 * what the network computes on its way to the answer, the feature map before global pooling, so looking it up costs no
 * inference: the channels' means are projected (principal components), and lesions are ordered by the cosine of the
 * angle between them and the photo. Only lesions of the photo's own kind are compared.
 *
 * The file, little-endian, without gaps:
 *
 *   u8[8]   "LNTGATLS"
 *   u32     version, ATL_VERSION
 *   u32     labels of the model
 *   u64     key of the network, atl_key
 *   u32     channels of its feature map
 *   u32     kinds of picture of the model
 *   u32     dims of the projection, 1..ATL_MAX_DIMS
 *   u32     count of lesions, 1..ATL_MAX_LESIONS
 *   u32     sources, 1..255
 *   u32     pixels, side of a picture
 *   u32     text_size, bytes
 *   u32     picture_size, bytes of all pictures
 *   f32     offsets [dims], scales [dims]: projected[d] = scales[d] x sum over c of rows[d, c] x mean[c] + offsets[d]
 *   i8      rows [dims, channels]
 *   i8      codes [count, dims]: the lesions, projected; only their direction counts
 *   u8      label [count], kind [count], source [count]: indices
 *   u32     sizes [count]: bytes of each picture, 1 or more
 *   u8      text [text_size]: UTF-8, each text ended by a 0: the model's name and version; of each source its title,
 *           where it is published, the attribution and the licence; of each lesion its id and how the diagnosis was made
 *   u8      pictures [picture_size], WebP, one behind the other
 */
#ifndef LT_ANSWER_ATLAS_H
#define LT_ANSWER_ATLAS_H

#include "base/error.h"
#include "base/json.h"

#define ATL_VERSION     1
#define ATL_MAX_DIMS    256
#define ATL_MAX_LESIONS 4096

typedef struct atlas atlas;

struct tfl_graph;

/* A hash of all that the network's features depend on: its numbers and what it does to a photo's pixels. */
uint64_t atl_key(const struct tfl_graph *graph, const lt_model *model);

/* The network that an atlas has to belong to. */
typedef struct atl_model {
    uint64_t key;           /* atl_key */
    uint32_t channels;      /* of its feature map; 0: it has none */
    uint32_t labels, kinds; /* that the model names */
} atl_model;

/*
 * Check an atlas ([size] u8, borrowed until atl_free, as is memory; NULL: malloc and free). The caller owns *out and frees it with atl_free; on error it is
 * NULL and the text names the field. Errors: LT_ATLAS, LT_MEMORY.
 */
lt_status atl_read(const uint8_t *bytes, size_t size, const atl_model *model, const lt_allocator *memory, atlas **out,
                   lt_error *error);

/* Free an atlas; NULL is allowed. */
void atl_free(atlas *a);

/*
 * The lesions of that kind nearest to a picture by its feature map, [positions, channels] f32, positions > 0, into out
 * [LT_NEIGHBOURS]: nearest first, of equal ones the first in the file first. Returns how many there are: fewer where
 * the kind has fewer lesions, 0 where the picture is projected to no direction. Sums are taken in one order and in
 * double, so that every build gives the same bits.
 */
uint32_t atl_nearest(atlas *a, const float *features, size_t positions, uint32_t kind, lt_neighbour out[LT_NEIGHBOURS]);

/*
 * As lt_similar_json writes them; labels [count] are the ids of their classes; NULL: "label" is a
 * number instead.
 */
void atl_json(json_out *out, const atlas *a, const char *const *labels, const lt_neighbour *nearest, uint32_t count);

#endif
