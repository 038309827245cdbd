# Builds the engine: natively, natively under sanitizers for the tests, and to
# WebAssembly in four variants. Natively by clang, which is there for WebAssembly
# anyway and builds the kernels faster than GCC 12 does by a half; the tests by the
# machine's own compiler, so that two have seen all code.

# The rooms of src/; src/README.md says what each is for.
ROOMS := base photo model kernels net answer figures
COMMAND := $(wildcard src/cli/*.c)
KERNELS := $(wildcard src/kernels/*.c)
WASM_ENTRIES := src/wasm.c src/wasm_study.c
ENGINE := $(filter-out $(WASM_ENTRIES),$(wildcard src/*.c)) $(wildcard $(ROOMS:%=src/%/*.c))
WASM_ENGINE := $(filter-out src/photo/dicom.c,$(ENGINE)) src/wasm.c
# What only other people's models need (src/base/wide.h), which no first visit fetches.
WIDE := $(addprefix src/,kernels/conv16.c model/foreign.c model/ops_wide.c model/survey.c model/widen.c model/zip.c \
  net/define_conv16.c net/define_plain.c)
NARROW_ENGINE := $(filter-out $(WIDE),$(WASM_ENGINE))
STD := -std=c11 -D_GNU_SOURCE -ffp-contract=off -ffunction-sections -fdata-sections -MD -MP
WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wconversion
GC := -Wl,--gc-sections
LIBS := -pthread -lm
# The command's alone: signatures and hashes of models, and the way to a catalogue's host. The library needs neither.
COMMAND_LIBS := -lsodium -lcurl
# Threads stand on inner headers of pthreadpool, which lie with its sources.
INCLUDES = -Isrc -isystem $(DEPS_$(1))/include -isystem $(SOURCES)/pthreadpool/src

# What is made is the same wherever clone and cache lie (`make reproduce`): no path of either gets into it.
ANYWHERE := -ffile-prefix-map=$(CURDIR)=. -ffile-prefix-map=$(CACHE)=cache

NATIVE_CFLAGS := -O2 -g $(STD) $(WARNINGS) $(call INCLUDES,native)
NATIVE_LDLIBS := $(DEPS_native)/libdeps.a $(LIBS) $(GC)
# GCC 12's object-size check is wrong about `(first ? a : b)[i]`; AddressSanitizer sees what it would see.
SANITIZE := -fsanitize=address,undefined -fno-sanitize=object-size -fno-sanitize-recover=undefined \
  -fno-omit-frame-pointer
# GCC says by itself that AddressSanitizer is on; clang 19 does not.
SANITIZE += $(if $(findstring clang,$(shell $(TEST_CC) --version)),-D__SANITIZE_ADDRESS__)
TEST_CFLAGS := -O1 -g $(STD) $(WARNINGS) $(SANITIZE) $(call INCLUDES,native) -Itests/c
# stb_image_resize2 moves pairs of floats as words of 8 bytes wherever they lie, which every target we have allows.
build/test/src/photo/fit.o: TEST_CFLAGS += -fno-sanitize=alignment

# Built for size, which is what a first visit waits for; the kernels, XNNPACK's and ours, are compiled for speed apart.
# Beside -Os an inference takes 1 to 2 % longer, decoding a PNG about a quarter.
# yyjson does not force its functions inline, as in libs.mk.
# No DICOM: no phone or camera makes it, and the command line reads it.
# SSE2 is what stb_image's SIMD code is written for; Emscripten maps it to SIMD128.
WASM_SIZE := -Oz -fno-unroll-loops
WASM_CFLAGS := -DIMG_WITHOUT_DICOM -Dyyjson_inline=inline $(STD) $(WARNINGS) -msimd128 -msse2 -DSTBI__X64_TARGET
# Whatever has SIMD copies and fills memory by an instruction; else that is a loop over bytes.
WASM_SIMD_simd := -mbulk-memory
WASM_SIMD_wide := $(WASM_SIMD_simd)
DEPS_wide := $(DEPS_simd)
WASM_SIMD_relaxed := -mrelaxed-simd -mbulk-memory
WASM_SIMD_threads := -mrelaxed-simd -pthread

# Binaryen would put whatever is called in one place into its caller: all that loads a model became one function, which a browser
# took 18 ms to optimise for the only time that it runs, while the kernels of the first photo waited for their turn.
WASM_LDFLAGS := -sBINARYEN_EXTRA_PASSES=--one-caller-inline-max-function-size=120

# No file system, no eval (the content policy forbids it), and of the ways to load
# the .wasm only the caller's own. The heap starts with what the shipped model takes, and grows with the photo.
WASM_LDFLAGS += -Oz --no-entry --closure=1 -sEXPORT_ES6 -sMODULARIZE -sENVIRONMENT=web,worker \
  -sFILESYSTEM=0 -sMALLOC=emmalloc -sDYNAMIC_EXECUTION=0 -sALLOW_MEMORY_GROWTH -sINITIAL_MEMORY=12MB \
  -sSTACK_SIZE=256KB -sINCOMING_MODULE_JS_API=instantiateWasm \
  -sEXPORTED_RUNTIME_METHODS=HEAPU8,UTF8ToString

# Whoever starts an engine waits until its threads run, and a browser starts none for a script that waits. So they
# are there before the first call: of two engines, since a newer model is loaded while the older one is at work.
WASM_LDFLAGS_threads := -sPTHREAD_POOL_SIZE='2*(Module["threads"]-1)' -sPTHREAD_POOL_SIZE_STRICT=2 \
  -sMAXIMUM_MEMORY=1GB -Wno-pthreads-mem-growth
export EM_CLOSURE_COMPILER := $(CURDIR)/node_modules/.bin/google-closure-compiler

# Kernels are built for speed, but for what they share, where little time goes; natively each for its own instruction
# set, and which of them runs is chosen at run time. kernel_flags FILE,native|wasm
PROCESSOR := $(shell uname -m)
ISA_x86_64_dw_avx512vnni := -mavx512f -mavx512cd -mavx512bw -mavx512dq -mavx512vl -mavx512vnni
ISA_x86_64_dw_avxvnni := -mavx2 -mavxvnni
ISA_x86_64_dw_avx2 := -mavx2
ISA_aarch64_dw_neon_dot := -march=armv8.2-a+dotprod
SHARED_KERNELS := $(addprefix src/kernels/,dw.c gemm.c kernel.c reference.c table.c wasm_rule.c)
kernel_flags = $(if $(filter $(filter-out $(SHARED_KERNELS),$(KERNELS)),$(1)),-O2 $(and $(filter native,$(2)),$(ISA_$(PROCESSOR)_$(basename $(notdir $(1))))))

# In WebAssembly, where the rest is built for size, so are the loops over all bits of a photo and all features.
HOT := src/photo/jpeg_block.c src/answer/linear.c
wasm_flags = $(or $(strip $(call kernel_flags,$(1),wasm)),$(if $(filter $(HOT),$(1)),-O2,$(WASM_SIZE)))

# Objects of one build, of the given sources; all depend on the flags above.
RULES := $(TOOLCHAIN)/engine.mk
objects = $(patsubst %.c,build/$(1)/%.o,$(2))

# ---- native ----

$(call objects,native,$(ENGINE) $(COMMAND)): build/native/%.o: %.c $(RULES) $(DEPS_native)/libdeps.a
	@mkdir -p $(@D)
	@echo "  cc     $<"
	@$(CC) $(NATIVE_CFLAGS) $(ANYWHERE) $(call kernel_flags,$<,native) -c $< -o $@

build/liblentigo.a: $(call objects,native,$(ENGINE))
	@echo "  ar     $@"
	@rm -f $@ && ar rcsD $@ $^

build/lentigo: $(call objects,native,$(COMMAND)) build/liblentigo.a
	@echo "  link   $@"
	@$(CC) -o $@ $^ $(NATIVE_LDLIBS) $(COMMAND_LIBS) -Wl,-Map=build/native/lentigo.map

# ---- tests, under sanitizers ----

# tests/c holds tests (test_*.c), programs for the tests in Node and Python (what else
# has a main), and what both share.
TESTS_C := $(wildcard tests/c/test_*.c)
TOOLS_C := $(filter-out $(TESTS_C),$(shell grep -lsw ^int.main tests/c/*.c))
SHARED_C := $(filter-out $(TESTS_C) $(TOOLS_C),$(wildcard tests/c/*.c))
TEST_PROGRAMS := $(TESTS_C:tests/c/%.c=build/test/%)
TEST_TOOLS := $(TOOLS_C:tests/c/%.c=build/test/%) build/test/lentigo
TEST_OBJECTS := $(call objects,test,$(ENGINE) $(SHARED_C))

$(call objects,test,$(ENGINE) $(COMMAND) $(wildcard tests/c/*.c)): build/test/%.o: %.c $(RULES) \
  $(DEPS_native)/libdeps.a | $(STAMPS)/packages-test
	@mkdir -p $(@D)
	@echo "  cc     $< (sanitizers)"
	@$(TEST_CC) $(TEST_CFLAGS) $(filter-out -O2,$(call kernel_flags,$<,native)) -c $< -o $@

$(TEST_PROGRAMS): TEST_LIBS := -lcmocka
# Lets tests/c/scarce.h fail each allocation in turn, the libraries' among them.
$(filter build/test/test_memory%,$(TEST_PROGRAMS)): TEST_LIBS += -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc,--wrap=posix_memalign

build/test/lentigo: $(call objects,test,$(COMMAND))
build/test/lentigo: TEST_LIBS := $(COMMAND_LIBS)
$(filter-out build/test/lentigo,$(TEST_PROGRAMS) $(TEST_TOOLS)): build/test/%: build/test/tests/c/%.o
$(TEST_PROGRAMS) $(TEST_TOOLS): $(TEST_OBJECTS)
	@echo "  link   $@"
	@$(TEST_CC) $(SANITIZE) -o $@ $^ $(NATIVE_LDLIBS) $(TEST_LIBS)

# Threads once more under ThreadSanitizer, with pthreadpool's loops, whose library knows nothing of it.
build/test/race_threads: tests/c/test_threads.c src/net/threads.c src/net/threads.h src/base/error.c src/base/memory.c $(RULES) $(DEPS_native)/libdeps.a \
  | $(STAMPS)/packages-test
	@mkdir -p $(@D)
	@echo "  link   $@"
	@$(TEST_CC) -O1 -g -fsanitize=thread $(filter-out -MD -MP,$(STD)) -w $(call INCLUDES,native) -Itests/c -o $@ \
	  $(filter %.c,$^) $(SOURCES)/pthreadpool/src/portable-api.c $(LIBS) -lcmocka

# Two engines in two threads, under ThreadSanitizer: clang's, which knows newer kernels than GCC 12's. The JSON parser is
# compiled once more, so that it is seen into.
TSAN_CC := $(if $(findstring clang,$(CC)),$(CC),$(or $(shell command -v clang-19),$(CC)))
TSAN_C := tests/c/tsan/two_engines.c $(ENGINE) $(addprefix tests/c/,fbwrite.c smallnet.c smallkinds.c photo_jpeg.c photo_png.c)
TSAN_TEST := build/test/two_engines

$(call objects,tsan,$(TSAN_C)): build/tsan/%.o: %.c $(RULES) $(DEPS_native)/libdeps.a
	@mkdir -p $(@D)
	@echo "  cc     $< (threads)"
	@$(TSAN_CC) -O1 -g -fsanitize=thread $(STD) $(WARNINGS) $(call INCLUDES,native) -Itests/c \
	  $(filter-out -O2,$(call kernel_flags,$<,native)) -c $< -o $@

build/tsan/yyjson.o: $(RULES) $(DEPS_native)/libdeps.a
	@mkdir -p $(@D)
	@$(TSAN_CC) -O1 -g -fsanitize=thread -c $(SOURCES)/yyjson/src/yyjson.c -o $@

$(TSAN_TEST): $(call objects,tsan,$(TSAN_C)) build/tsan/yyjson.o
	@echo "  link   $@"
	@$(TSAN_CC) -fsanitize=thread -o $@ $^ $(NATIVE_LDLIBS)

# ---- WebAssembly ----

# wasm_variant NAME,SOURCES,FLAGS
define wasm_variant
$(call objects,wasm/$(1),$(2)): build/wasm/$(1)/%.o: %.c $(RULES) $(DEPS_$(1))/libdeps.a | $(EMCC)
	@mkdir -p $$(@D)
	@echo "  emcc   $$< ($(1))"
	@$(EMCC) $(WASM_CFLAGS) $(3) $(ANYWHERE) $(WASM_SIMD_$(1)) $$(call wasm_flags,$$<) \
	  $(call INCLUDES,$(1)) -c $$< -o $$@

build/wasm/lentigo-$(1).mjs: $(call objects,wasm/$(1),$(2)) | $(NODE_MODULES)
	@echo "  link   $$@"
	@$(EMCC) $(WASM_LDFLAGS) $(WASM_LDFLAGS_$(1)) $(WASM_SIMD_$(1)) -o $$@ $$^ $(DEPS_$(1))/libdeps.a \
	  -Wl,-Map=$$(@:.mjs=.map)

build/wasm/lentigo-$(1).wasm: build/wasm/lentigo-$(1).mjs
endef
$(foreach variant,$(WASM_VARIANTS),$(eval $(call wasm_variant,$(variant),$(NARROW_ENGINE),-DLT_NARROW)))
# The build for other people's models: all operators and types, on plain SIMD, which every browser has, one thread.
$(eval $(call wasm_variant,wide,$(WASM_ENGINE)))

# What needs no network: similar lesions and figures, fetched only when asked for. It needs no glue; the few numbers of
# one picture are no work for SIMD, so it runs wherever WebAssembly does.
STUDY := src/wasm_study.c src/answer/atlas.c $(filter-out src/base/clock.c,$(wildcard src/base/*.c src/figures/*.c))
STUDY_LDFLAGS := -Oz --no-entry -sSTANDALONE_WASM -sMALLOC=emmalloc -sALLOW_MEMORY_GROWTH -sINITIAL_MEMORY=1MB \
  -sSTACK_SIZE=64KB
$(call objects,wasm/study,$(STUDY)): build/wasm/study/%.o: %.c $(RULES) $(DEPS_simd)/libdeps.a | $(EMCC)
	@mkdir -p $(@D)
	@echo "  emcc   $< (study)"
	@$(EMCC) $(STD) $(WARNINGS) $(ANYWHERE) $(WASM_SIZE) $(call INCLUDES,simd) -c $< -o $@

build/wasm/lentigo-study.wasm: $(call objects,wasm/study,$(STUDY))
	@echo "  link   $@"
	@$(EMCC) $(STUDY_LDFLAGS) -o $@ $^ $(DEPS_simd)/libdeps.a -Wl,-Map=$(@:.wasm=.map)

WASM := $(foreach variant,$(WASM_VARIANTS) wide,build/wasm/lentigo-$(variant).mjs) build/wasm/lentigo-study.wasm

# The kernels alone, for tests in Node; `sdot` with arm64's dot product emulated.
KERNEL_TESTS := $(foreach variant,simd relaxed sdot,build/test/kernels-$(variant).mjs)
KERNEL_TEST_C := tests/c/wasm/kernels.c tests/c/kernelcases.c $(KERNELS)
KERNEL_TEST_FLAGS_simd := -msimd128
KERNEL_TEST_FLAGS_relaxed := -msimd128 -mrelaxed-simd
KERNEL_TEST_FLAGS_sdot := -msimd128 -mrelaxed-simd -DKN_EMULATE_SDOT

$(KERNEL_TESTS): build/test/kernels-%.mjs: $(KERNEL_TEST_C) $(wildcard src/kernels/*.h tests/c/kernelcases.h) $(RULES) \
  $(DEPS_simd)/libdeps.a | $(EMCC)
	@mkdir -p $(@D)
	@echo "  emcc   $@"
	@$(EMCC) -O2 $(filter-out -MD -MP,$(STD)) $(WARNINGS) $(KERNEL_TEST_FLAGS_$*) $(call INCLUDES,simd) -Itests/c \
	  -sEXPORT_ES6 -sMODULARIZE -sENVIRONMENT=node,web -sALLOW_MEMORY_GROWTH -sEXPORTED_RUNTIME_METHODS=UTF8ToString \
	  --no-entry -o $@ $(KERNEL_TEST_C) $(DEPS_simd)/libdeps.a

# The kernels of arm64 for an emulator, where the processor is another. Linked statically, so that it needs no libraries.
build/arm64/kernels: tests/c/arm64/kernels.c tests/c/kernelcases.c $(KERNELS) $(wildcard src/kernels/*.h) $(RULES) | $(STAMPS)/packages-arm64 $(STAMPS)/packages-wasm
	@mkdir -p $(@D)
	@echo "  cc     $@"
	@clang-19 --target=aarch64-linux-gnu $(ISA_aarch64_dw_neon_dot) -static -fuse-ld=lld -O2 $(filter-out -MD -MP,$(STD)) $(WARNINGS) \
	  -DKERNELCASES_ALONE -Isrc -Itests/c -o $@ $(filter %.c,$^) -lm

# The relaxed build's objects linked for an engine without JavaScript, which tests/wasmtime brings.
build/test/lentigo-relaxed.wasm: $(call objects,wasm/relaxed,$(NARROW_ENGINE))
	@mkdir -p $(@D)
	@echo "  link   $@"
	@$(EMCC) -O1 --no-entry -sSTANDALONE_WASM -sMALLOC=emmalloc -sALLOW_MEMORY_GROWTH -sINITIAL_MEMORY=12MB -sSTACK_SIZE=256KB \
	  $(WASM_SIMD_relaxed) -o $@ $^ $(DEPS_relaxed)/libdeps.a

-include $(wildcard build/*/src/*.d build/*/src/*/*.d build/wasm/*/src/*.d build/wasm/*/src/*/*.d \
  build/tsan/tests/c/*.d build/tsan/tests/c/*/*.d \
  build/test/tests/c/*.d)
