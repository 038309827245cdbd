# Where everything that is fetched or built once for the machine lives. A key
# made of all that goes into a part is in its path: what is there is right, and
# a changed pin, rule or compiler leads to a new path.

TOOLCHAIN := src/toolchain
CACHE := $(or $(LENTIGO_CACHE),$(HOME)/.cache/lentigo)
STAMPS := build/.stamps
JOBS := $(or $(JOBS),$(shell nproc))
PYTHON := $(or $(PYTHON),$(shell command -v python3.11 || command -v python3))
# The compiler of the native build, and that of the tests: see engine.mk. One that is set is both.
TEST_CC := $(if $(filter default undefined,$(origin CC)),cc,$(CC))
CC := $(if $(filter default undefined,$(origin CC)),$(or $(shell command -v clang-19),cc),$(CC))
CXX := $(if $(filter default undefined,$(origin CXX)),$(or $(shell command -v clang++-19),c++),$(CXX))

ifeq ($(PYTHON),)
  $(error python3 is missing -- install it: apt-get install python3)
endif

# key FILES[,COMMAND]: a short hash of the files and of what the command prints.
key = $(shell { cat $(1); $(or $(2),true); } 2>&1 | sha256sum | cut -c1-12)

# What is fetched, and the part of it that a key depends on.
PINS := $(TOOLCHAIN)/pins.txt
PINNED_SOURCES := awk '/^source/ { print $$5 }' $(PINS)
PINNED_DEBS := awk '/^(deb|runtime)/ { print $$5 }' $(PINS)
LIB_RULES := $(addprefix $(TOOLCHAIN)/,libs.mk origins.py stb.py xnnpack.py)
SHIM_native := $(TOOLCHAIN)/shim/native/cpuinfo.h
SHIM_wasm := $(TOOLCHAIN)/shim/wasm/arm_neon.h

SOURCES := $(CACHE)/sources-$(call key,$(TOOLCHAIN)/sources.py,$(PINNED_SOURCES))

# A good Emscripten on PATH is used as it is; its version is in a file beside it.
EMCC_MINIMUM := 3.1.60
EMCC_FOUND := $(shell readlink -f "$$(command -v emcc)" 2>/dev/null)
EMCC_VERSION := $(if $(EMCC_FOUND),$(shell cat $(dir $(EMCC_FOUND))emscripten-version.txt 2>/dev/null | tr -d '"'))
EMCC_GOOD := $(if $(EMCC_VERSION),$(shell printf '%s\n' $(EMCC_MINIMUM) $(EMCC_VERSION) | sort -CV && echo yes))
EMSDK := $(if $(EMCC_GOOD),$(patsubst %/,%,$(dir $(EMCC_FOUND))),$(CACHE)/emscripten-$(call key,$(TOOLCHAIN)/emscripten.py,$(PINNED_DEBS)))
EMCC := $(EMSDK)/emcc

DEPS_native := $(CACHE)/libs/native-$(call key,$(LIB_RULES) $(SHIM_native),$(PINNED_SOURCES); $(CC) --version; uname -m)
WASM_KEY := $(call key,$(LIB_RULES) $(SHIM_wasm),$(PINNED_SOURCES); $(if $(EMCC_GOOD),echo $(EMCC_VERSION),$(PINNED_DEBS)))
WASM_VARIANTS := simd relaxed threads
$(foreach variant,$(WASM_VARIANTS),$(eval DEPS_$(variant) := $(CACHE)/libs/$(variant)-$(WASM_KEY)))

VENV_lint := $(CACHE)/venv-lint-$(call key,$(TOOLCHAIN)/lint-requirements.txt,$(PYTHON) --version)
VENV_training := $(CACHE)/venv-training-$(call key,training/requirements.txt training/requirements-torch.txt training/requirements-torch-cpu.txt,$(PYTHON) --version)
VENV_paper := $(CACHE)/venv-paper-$(call key,training/paper/requirements.txt,$(PYTHON) --version)
VENV_wasmtime := $(CACHE)/venv-wasmtime-$(call key,tests/wasmtime/requirements.txt,$(PYTHON) --version)
VENV_wheel := $(CACHE)/venv-wheel-$(call key,src/python/requirements.txt src/python/requirements-build.txt,$(PYTHON) --version)
VENV_screen := $(CACHE)/venv-screen-$(call key,src/python/requirements-screen.txt,$(PYTHON) --version)
VENV_signing := $(CACHE)/venv-signing-$(call key,$(TOOLCHAIN)/release/requirements.txt,$(PYTHON) --version)
VENV_peers := $(CACHE)/venv-peers-$(call key,tests/peers/requirements.txt,$(PYTHON) --version)
