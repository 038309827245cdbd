# Where everything that is fetched or built once for the machine lives. A key
# made of all that goes into a part is in its path: what is there is right, and
# a changed pin, rule or compiler leads to a new path.

TOOLCHAIN := src/toolchain
CACHE := $(or $(LENTIGO_CACHE),$(HOME)/.cache/lentigo)
PYTHON := $(or $(PYTHON),$(shell command -v python3.11 || command -v python3))
CC := $(if $(filter default undefined,$(origin CC)),cc,$(CC))
CXX := $(if $(filter default undefined,$(origin CXX)),c++,$(CXX))

key = $(shell { cat $(1); $(or $(2),true); } 2>&1 | sha256sum | cut -c1-12)

PINS := $(TOOLCHAIN)/pins.txt
LIB_RULES := $(addprefix $(TOOLCHAIN)/,libs.mk xnnpack.py shim/arm_neon.h shim/cpuinfo.h)

SOURCES := $(CACHE)/sources-$(call key,$(PINS) $(TOOLCHAIN)/sources.py)
DEPS_native := $(CACHE)/libs/native-$(call key,$(PINS) $(LIB_RULES),$(CC) --version; uname -m)
JOBS := $(or $(JOBS),$(shell nproc))
