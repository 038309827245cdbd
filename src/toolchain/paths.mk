# Where everything that is fetched or built once for the machine lives. A key
# made of all that goes into a part is in its path: what is there is right, and
# a changed pin, rule or compiler leads to a new path.

TOOLCHAIN := src/toolchain
CACHE := $(or $(LENTIGO_CACHE),$(HOME)/.cache/lentigo)
STAMPS := build/.stamps
JOBS := $(or $(JOBS),$(shell nproc))
PYTHON := $(or $(PYTHON),$(shell command -v python3.11 || command -v python3))
CC := $(if $(filter default undefined,$(origin CC)),cc,$(CC))
CXX := $(if $(filter default undefined,$(origin CXX)),c++,$(CXX))

ifeq ($(PYTHON),)
  $(error python3 is missing -- install it: apt-get install python3)
endif

# key FILES[,COMMAND]: a short hash of the files and of what the command prints.
key = $(shell { cat $(1); $(or $(2),true); } 2>&1 | sha256sum | cut -c1-12)

PINS := $(TOOLCHAIN)/pins.txt
LIB_RULES := $(addprefix $(TOOLCHAIN)/,libs.mk xnnpack.py shim/arm_neon.h shim/cpuinfo.h)
FETCH_RULES := $(addprefix $(TOOLCHAIN)/,archive.py common.py)

SOURCES := $(CACHE)/sources-$(call key,$(PINS) $(TOOLCHAIN)/sources.py)

# A good Emscripten on PATH is used as it is; its version is in a file beside it.
EMCC_MINIMUM := 3.1.60
EMCC_FOUND := $(shell readlink -f "$$(command -v emcc)" 2>/dev/null)
EMCC_VERSION := $(if $(EMCC_FOUND),$(shell tr -d '"' <$(dir $(EMCC_FOUND))emscripten-version.txt))
EMCC_GOOD := $(if $(EMCC_VERSION),$(shell printf '%s\n' $(EMCC_MINIMUM) $(EMCC_VERSION) | sort -CV && echo yes))
EMSDK := $(if $(EMCC_GOOD),$(patsubst %/,%,$(dir $(EMCC_FOUND))),$(CACHE)/emscripten-$(call key,$(PINS) $(TOOLCHAIN)/emscripten.py))
EMCC := $(EMSDK)/emcc

DEPS_native := $(CACHE)/libs/native-$(call key,$(PINS) $(LIB_RULES),$(CC) --version; uname -m)
WASM_KEY := $(call key,$(PINS) $(LIB_RULES),echo $(or $(EMCC_VERSION),$(EMSDK)))
DEPS_simd := $(CACHE)/libs/simd-$(WASM_KEY)
DEPS_relaxed := $(CACHE)/libs/relaxed-$(WASM_KEY)

VENV_lint := $(CACHE)/venv-lint-$(call key,$(TOOLCHAIN)/lint-requirements.txt,$(PYTHON) --version)
VENV_training := $(CACHE)/venv-training-$(call key,training/requirements.txt,$(PYTHON) --version)
