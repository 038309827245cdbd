# Builds the C libraries the engine stands on into one static archive.
#
#   make -f libs.mk VARIANT=native|simd|relaxed|threads SRC=<unpacked sources> OUT=<target>
#
# leaves OUT/libdeps.a (XNNPACK, pthreadpool, yyjson), OUT/origins.txt (which
# libraries the files of each object came from) and OUT/include (their public
# headers and stb's, XNNPACK's own ones for src/net/kernel_node.c, and
# xnnpack-flags.h with what it was built with). CC, CXX, AR, NM and PYTHON come
# from the caller.

HERE := $(patsubst %/,%,$(dir $(lastword $(MAKEFILE_LIST))))
OBJ := $(OUT)/obj
XNN := $(SRC)/xnnpack

# Sources outside the kernels: as they are, and cut down to our operators. What a
# program does not call stays in the archive.
XNN_BASE := $(patsubst $(XNN)/%,%,$(wildcard $(XNN)/src/*.c \
  $(foreach folder,enums subgraph tables,$(XNN)/src/$(folder)/*.c)))
XNN_CUT := $(patsubst $(XNN)/%,%,$(wildcard $(XNN)/src/configs/*.c $(XNN)/src/operators/*.c $(XNN)/src/reference/*.cc))

# One line a variant: processor name in xnnpack.py, pthreadpool's files, flags.
PROCESSOR_native := $(shell uname -m)
PROCESSOR_simd := simd
PROCESSOR_relaxed := relaxed
PROCESSOR_threads := relaxed
POOL_native := portable-api.c memory.c pthreads.c
POOL_simd := shim.c
POOL_relaxed := shim.c
POOL_threads := $(POOL_native)
FLAGS_native := -fPIC -pthread -DPTHREADPOOL_USE_FUTEX=1 -DXNN_ENABLE_CPUINFO=1 -I$(HERE)/shim/native
FLAGS_simd := -msimd128 -DXNN_ENABLE_CPUINFO=0 -I$(HERE)/shim/wasm
FLAGS_relaxed := $(FLAGS_simd) -mrelaxed-simd
FLAGS_threads := $(FLAGS_relaxed) -pthread -DPTHREADPOOL_USE_FUTEX=1

# Small where nothing is computed, fast in the kernels. No contraction: a
# multiply-add must not round differently from one compiler to the next.
# No path of this machine gets into an object, so that each builds the same ones.
COMMON := -ffunction-sections -fdata-sections -ffp-contract=off -DNDEBUG -MMD \
  -ffile-prefix-map=$(SRC)=. -ffile-prefix-map=$(OUT)=. $(FLAGS_$(VARIANT)) -w
BASE := -Os $(COMMON)
KERNEL := -O2 -fno-math-errno $(COMMON)

# Features without a kernel in our build are off; so are dynamic code, sparse
# rewriting and assembly, which the operators we have do not use.
XNN_ON := AVXVNNI AVX256SKX AVX256VNNI AVX256VNNIGFNI AVX512F AVX512SKX AVX512VBMI \
  AVX512VNNI AVX512VNNIGFNI ARM_DOTPROD ARM_I8MM MEMOPT GEMM_M_SPECIALIZATION
XNN_OFF := ARM_FP16_VECTOR ARM_FP16_SCALAR ARM_BF16 ARM_SME ARM_SME2 RISCV_VECTOR \
  AVXVNNIINT8 AVX512AMX AVX512FP16 VSX HVX ASSEMBLY SPARSE DWCONV_MULTIPASS KLEIDIAI
XNN_FLAGS := $(XNN_ON:%=-DXNN_ENABLE_%=1) $(XNN_OFF:%=-DXNN_ENABLE_%=0) \
  -DXNN_LOG_LEVEL=0 -DXNN_MAX_UARCH_TYPES=1 -DFXDIV_USE_INLINE_ASSEMBLY=0 \
  -I$(XNN)/include -I$(XNN)/src -I$(SRC)/pthreadpool/include \
  -I$(SRC)/fxdiv/include -I$(SRC)/fp16/include
POOL_FLAGS := -DPTHREADPOOL_NO_DEPRECATED_API=1 -DPTHREADPOOL_USE_FASTPATH=0 \
  -I$(SRC)/pthreadpool/include -I$(SRC)/pthreadpool/src -I$(SRC)/fxdiv/include

# The reader alone, of strict JSON. For the web it is small, a third of its usual size: functions are not forced inline,
# and numbers are read by the C library, whose decimal point is always a point there, and not by tables of 10 KB.
JSON_OFF := WRITER UTILS NON_STANDARD
JSON_FLAGS_native := -Os
JSON_FLAGS_web := -Oz -Dyyjson_inline=inline -DYYJSON_DISABLE_FAST_FP_CONV=1
JSON_FLAGS := $(JSON_OFF:%=-DYYJSON_DISABLE_%=1) $(or $(JSON_FLAGS_$(VARIANT)),$(JSON_FLAGS_web))

BASE_OBJS := $(XNN_BASE:%=$(OBJ)/%.o) $(XNN_CUT:%=$(OBJ)/%.o)
OTHER_OBJS := $(POOL_$(VARIANT):%=$(OBJ)/pthreadpool/%.o) $(OBJ)/yyjson/yyjson.c.o

.DELETE_ON_ERROR:
.PHONY: all
all: $(OUT)/libdeps.a

# Which kernels are needed shows once everything else is compiled; make remakes
# this fragment and reads it again. It adds KERNELS and the flags of each.
include $(OUT)/kernels.mk
$(OUT)/kernels.mk: $(BASE_OBJS) $(HERE)/xnnpack.py
	$(PYTHON) $(HERE)/xnnpack.py kernels $(XNN) $@ $(NM) $(PROCESSOR_$(VARIANT)) $(BASE_OBJS)

# The archive comes last: where it is, everything is.
$(OUT)/libdeps.a: $(BASE_OBJS) $(OTHER_OBJS) $(KERNELS:%=$(OBJ)/%.o) | $(OUT)/include/.made
	$(PYTHON) $(HERE)/origins.py $(SRC) $(OBJ) $(OUT)/origins.txt
	rm -f $@
	$(AR) rcsD $@ $^

$(OUT)/include/.made:
	mkdir -p $(@D)
	cp $(XNN)/include/xnnpack.h $(SRC)/pthreadpool/include/pthreadpool.h \
	  $(SRC)/yyjson/src/yyjson.h $(@D)
	cp -r $(XNN)/src/xnnpack $(SRC)/fxdiv/include/fxdiv.h $(@D)
	printf '%s\n' $(filter -D%,$(XNN_FLAGS) $(FLAGS_$(VARIANT))) | sed 's/^-D\([^=]*\)=/#define \1 /' >$(@D)/xnnpack-flags.h
	$(PYTHON) $(HERE)/stb.py $(SRC)/libstb $(@D)/stb
	touch $@

# One run writes all the cut files.
$(OBJ)/cut/.made: $(HERE)/xnnpack.py
	$(PYTHON) $(HERE)/xnnpack.py cut $(XNN) $(@D)
	touch $@

$(filter %.c.o,$(XNN_CUT:%=$(OBJ)/%.o)): $(OBJ)/%.o: $(OBJ)/cut/.made
	@mkdir -p $(@D)
	$(CC) -std=gnu99 $(BASE) $(XNN_FLAGS) -c $(OBJ)/cut/$* -o $@

$(filter %.cc.o,$(XNN_CUT:%=$(OBJ)/%.o)): $(OBJ)/%.o: $(OBJ)/cut/.made
	@mkdir -p $(@D)
	$(CXX) -std=gnu++17 -fno-exceptions -fno-rtti $(BASE) $(XNN_FLAGS) -c $(OBJ)/cut/$* -o $@

$(XNN_BASE:%=$(OBJ)/%.o): $(OBJ)/%.o: $(XNN)/%
	@mkdir -p $(@D)
	$(CC) -std=gnu99 -D_GNU_SOURCE $(BASE) $(XNN_FLAGS) -c $< -o $@

$(KERNELS:%=$(OBJ)/%.o): $(OBJ)/%.o: $(XNN)/%
	@mkdir -p $(@D)
	$(CC) -std=gnu99 $(KERNEL) $(XNN_FLAGS) $(ISA) -c $< -o $@

$(OBJ)/pthreadpool/%.o: $(SRC)/pthreadpool/src/%
	@mkdir -p $(@D)
	$(CC) -std=gnu11 -D_GNU_SOURCE $(BASE) $(POOL_FLAGS) -c $< -o $@

$(OBJ)/yyjson/%.o: $(SRC)/yyjson/src/%
	@mkdir -p $(@D)
	$(CC) -std=c11 $(filter-out -Os,$(BASE)) $(JSON_FLAGS) -c $< -o $@
