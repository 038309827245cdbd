/* fuzz_atlas.h - the network that the fuzzed atlases are for. */
#ifndef FUZZ_ATLAS_H
#define FUZZ_ATLAS_H

#define FUZZ_ATLAS_KEY UINT64_C(0x1122334455667788)
enum { FUZZ_ATLAS_CHANNELS = 8, FUZZ_ATLAS_LABELS = 5, FUZZ_ATLAS_KINDS = 2 };

#endif
