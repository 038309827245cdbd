include src/toolchain/paths.mk

.DEFAULT_GOAL := help

NATIVE_CFLAGS := -std=c11 -D_GNU_SOURCE -O2 -g -ffunction-sections -fdata-sections \
  -Wall -Wextra -Isrc -isystem $(DEPS_native)/include
NATIVE_LDLIBS := $(DEPS_native)/libdeps.a -pthread -lm -Wl,--gc-sections

$(DEPS_native)/libdeps.a:
	@test -d $(SOURCES) || $(PYTHON) $(TOOLCHAIN)/sources.py $(SOURCES)
	@echo "building the C libraries (native), about two minutes"
	@$(MAKE) -s -j$(JOBS) -f $(TOOLCHAIN)/libs.mk VARIANT=native SRC=$(SOURCES) OUT=$(@D) \
	  CC=$(CC) CXX=$(CXX) AR=ar NM=nm PYTHON=$(PYTHON)

.PHONY: help print-native-flags
help: ## Print this help
	@sed -n 's/^\([a-z][a-z/-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 24

print-native-flags: $(DEPS_native)/libdeps.a ## Print the compiler and linker flags of the native build
	@echo '$(NATIVE_CFLAGS)'
	@echo '$(NATIVE_LDLIBS)'
