# Fuzzing: tests/fuzz by libFuzzer, which comes with clang; its corpus once more in `make test`, without it.

FUZZ_CC := clang-19
FUZZ_C := $(wildcard tests/fuzz/fuzz_*.c) tests/fuzz/targets.c
FUZZ_TARGETS := photo png dicom inflate colour model meta atlas catalog
# Of the command, which is not in the library.
FUZZ_COMMAND := $(addprefix src/cli/,catalog.c refusal.c signature.c)
FUZZ_SOURCES := $(ENGINE) $(FUZZ_COMMAND) $(wildcard tests/c/photo_*.c) $(FUZZ_C)
FUZZ_RULES := $(RULES) $(TOOLCHAIN)/fuzz.mk

# ---- under the sanitizers of the tests ----

FUZZ_TEST_C := $(FUZZ_C) tests/fuzz/seeds.c tests/fuzz/test_corpus.c
$(call objects,test,$(FUZZ_TEST_C)): build/test/%.o: %.c $(FUZZ_RULES) $(DEPS_native)/libdeps.a | $(STAMPS)/packages-test
	@mkdir -p $(@D)
	@echo "  cc     $< (sanitizers)"
	@$(TEST_CC) $(TEST_CFLAGS) -Itests/fuzz -c $< -o $@

FUZZ_TEST := build/test/test_corpus build/test/seeds
build/test/seeds build/test/test_corpus: build/test/%: build/test/tests/fuzz/%.o
$(FUZZ_TEST): TEST_LIBS := -lcmocka -lsodium
$(FUZZ_TEST): $(call objects,test,$(FUZZ_C) $(FUZZ_COMMAND)) $(TEST_OBJECTS)
	@echo "  link   $@"
	@$(TEST_CC) $(SANITIZE) -o $@ $^ $(NATIVE_LDLIBS) $(TEST_LIBS)

# ---- by clang: for libFuzzer, and to count the lines that the corpus reaches ----

# fuzz_build NAME,FLAGS,MAIN: objects of all that is fuzzed, in build/NAME. As in the tests, stb_image_resize2 may read
# words that lie anywhere.
define fuzz_build
$(call objects,$(1),$(FUZZ_SOURCES) $(3)): build/$(1)/%.o: %.c $(FUZZ_RULES) $(DEPS_native)/libdeps.a \
  | $(STAMPS)/packages-fuzz
	@mkdir -p $$(@D)
	@echo "  clang  $$< ($(1))"
	@$(FUZZ_CC) -O1 -g $(STD) $(WARNINGS) $(2) $$(if $$(findstring fit.c,$$<),-fno-sanitize=alignment) \
	  $(call INCLUDES,native) -Itests/c -Itests/fuzz $$(filter-out -O2,$$(call kernel_flags,$$<,native)) -c $$< -o $$@
endef

FUZZ_SANITIZE := -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
COVERAGE := -fprofile-instr-generate -fcoverage-mapping
$(eval $(call fuzz_build,fuzz,$(FUZZ_SANITIZE) -fsanitize=fuzzer-no-link -D__SANITIZE_ADDRESS__,tests/fuzz/main.c))
$(eval $(call fuzz_build,coverage,$(COVERAGE),tests/fuzz/test_corpus.c))

# One program; the name by which it is called says which target it runs.
build/fuzz/lentigo: $(call objects,fuzz,$(FUZZ_SOURCES) tests/fuzz/main.c)
	@echo "  link   $@"
	@$(FUZZ_CC) $(FUZZ_SANITIZE) -fsanitize=fuzzer -o $@ $^ $(NATIVE_LDLIBS) -lsodium
	@for target in $(FUZZ_TARGETS); do ln -f $@ build/fuzz/$$target; done

build/coverage/test_corpus: $(call objects,coverage,$(FUZZ_SOURCES) tests/fuzz/test_corpus.c)
	@echo "  link   $@"
	@$(FUZZ_CC) $(COVERAGE) -o $@ $^ $(NATIVE_LDLIBS) -lcmocka -lsodium

-include $(wildcard build/fuzz/*/*.d build/fuzz/*/*/*.d build/coverage/*/*.d build/coverage/*/*/*.d build/test/tests/fuzz/*.d)
