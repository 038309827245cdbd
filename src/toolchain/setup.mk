# Fetches and builds what the project stands on; all of it once for the machine,
# but for the Node packages and the stamps, which belong to the clone.

# Tools that are needed to say which compiler there is come first: make runs
# this, reads everything again, and only then computes the keys in paths.mk.
ifneq ($(filter-out help clean,$(or $(MAKECMDGOALS),help)),)
  include $(STAMPS)/native.mk
endif

$(STAMPS)/native.mk: $(TOOLCHAIN)/packages.txt
	@mkdir -p $(@D)
	@$(PYTHON) $(TOOLCHAIN)/packages.py native
	@touch $@

# once NAME,FILE,COMMANDS: makes FILE unless another clone made it while this one
# waited for the lock. Commands must not contain a single quote.
once = mkdir -p $(CACHE) && flock $(CACHE)/.$(1).lock sh -c 'test -e $(2) || { $(3); }'

# One apt-get at a time; it waits by itself for those of others.
$(STAMPS)/packages-%: $(TOOLCHAIN)/packages.txt
	@mkdir -p $(@D)
	@flock $(STAMPS) $(PYTHON) $(TOOLCHAIN)/packages.py $*
	@touch $@

ifeq ($(EMCC_GOOD),)
$(EMCC): | $(STAMPS)/packages-wasm
	@$(call once,emscripten,$@,$(PYTHON) $(TOOLCHAIN)/emscripten.py $(EMSDK))
endif

# The C libraries, the variants of one rule.
TOOLS_native := CC=$(CC) CXX=$(CXX) AR=ar NM=nm
TOOLS_simd := CC=$(EMCC) CXX=$(EMSDK)/em++ AR=$(EMSDK)/emar NM=$(EMSDK)/emnm
TOOLS_relaxed := $(TOOLS_simd)
TOOLS_threads := $(TOOLS_simd)

define lib_variant
$(DEPS_$(1))/libdeps.a: | $(if $(filter native,$(1)),,$(EMCC))
	@$(call once,sources,$(SOURCES),$(PYTHON) $(TOOLCHAIN)/sources.py $(SOURCES))
	+@$(call once,$(1),$(DEPS_$(1))/libdeps.a,echo "building the C libraries: $(1) (one to two minutes)" && \
	  $(MAKE) -s -f $(TOOLCHAIN)/libs.mk VARIANT=$(1) SRC=$(SOURCES) OUT=$(DEPS_$(1)) \
	    PYTHON=$(PYTHON) $(TOOLS_$(1)) && \
	  rm -rf $(DEPS_$(1))/obj $(DEPS_$(1))/kernels.mk)
endef
$(foreach variant,native $(WASM_VARIANTS),$(eval $(call lib_variant,$(variant))))

# Node packages: exactly the lock file, no package's own scripts.
NODE_MODULES := node_modules/.stamp
$(NODE_MODULES): package.json package-lock.json .npmrc
	@command -v npm >/dev/null || \
	  { echo "setup: the tool 'npm' is missing -- install Node 20 or newer with npm" >&2; exit 1; }
	@echo "setup: installing the Node packages"
	@npm ci --ignore-scripts --loglevel=error --no-progress >/dev/null || \
	  { echo "setup: npm ci failed -- check the network, then run make again" >&2; exit 1; }
	@touch $@

# Python environments: one to check code with, one to train in, one with TensorFlow
# for the paper's network and for converting Keras files; one with a WebAssembly engine that computes as a phone
# does; one with the runtimes that ours is measured beside; one that builds the
# Python package, and one with what the package can be used together with. Every file is
# checked against the hashes in the requirements, whose list is complete, so that
# pip need not resolve anything. The training adds torch: the small build without
# CUDA where pip finds it, else the ordinary one and the libraries it stands on.
PIP_CHECKED := pip install --quiet --require-hashes --no-deps

define venv
$(VENV_$(1))/.stamp: | $(STAMPS)/packages-python
	@$(call once,venv-$(1),$(VENV_$(1))/.stamp,echo "setup: making the Python environment ($(1))" && \
	  rm -rf $(VENV_$(1)) && $(PYTHON) -m venv $(VENV_$(1)) && \
	  $(VENV_$(1))/bin/$(PIP_CHECKED) -r $(2) $(3) && touch $(VENV_$(1))/.stamp) || \
	  { echo "setup: pip failed -- check the network, then run make again" >&2; exit 1; }
endef
TORCH_CPU := $(VENV_training)/bin/$(PIP_CHECKED) -r training/requirements-torch-cpu.txt 2>/dev/null
TORCH_ANY := $(VENV_training)/bin/$(PIP_CHECKED) -r training/requirements-torch.txt && \
  $(VENV_training)/bin/pip install --quiet torch==2.13.0
$(eval $(call venv,lint,$(TOOLCHAIN)/lint-requirements.txt))
$(eval $(call venv,training,training/requirements.txt,&& { $(TORCH_CPU) || { $(TORCH_ANY); }; }))
$(eval $(call venv,paper,training/paper/requirements.txt))
$(eval $(call venv,wasmtime,tests/wasmtime/requirements.txt))
$(eval $(call venv,peers,tests/peers/requirements.txt))
$(eval $(call venv,signing,$(TOOLCHAIN)/release/requirements.txt))
$(eval $(call venv,wheel,src/python/requirements.txt -r src/python/requirements-build.txt))
$(eval $(call venv,screen,src/python/requirements-screen.txt))
