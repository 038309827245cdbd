# make wheel: the Python package of src/python, with the engine in it.
#
# The extension is made of the one object that the shared library is made of (install.mk), for the stable interface of
# CPython, so one wheel serves all versions from 3.11 on. auditwheel reads which glibc its symbols need, and tags it.

WHEEL_PYTHON := $(VENV_wheel)/bin/python
WHEEL_TREE := build/wheel/tree
WHEEL_FILES := $(shell find src/python -type f -not -path '*/__pycache__/*')
# The same sources give the same bytes: times in the wheel are the first that a ZIP file knows, and modes those of the
# most usual mask.
REPEATABLE := umask 022; export SOURCE_DATE_EPOCH=315532800;

build/wheel/.stamp: $(WHEEL_FILES) src/lentigo.h build/shared/liblentigo.a build/shared/LICENCES LICENSE \
  $(TOOLCHAIN)/wheel.mk $(VENV_wheel)/.stamp $(STAMPS)/packages-wheel
	@echo "  wheel  build/wheel"
	@rm -rf build/wheel && mkdir -p $(WHEEL_TREE)
	@tar -C src/python --exclude=__pycache__ --mode=u=rwX,go=rX -c . | tar -C $(WHEEL_TREE) -xp
	@cp LICENSE build/shared/LICENCES $(WHEEL_TREE) && chmod 644 $(WHEEL_TREE)/LICEN?E*
	@$(REPEATABLE) LENTIGO_HEADER=$(CURDIR)/src/lentigo.h LENTIGO_LIBRARY=$(CURDIR)/build/shared/liblentigo.a \
	  CFLAGS='-ffile-prefix-map=$(CURDIR)=.' \
	  $(WHEEL_PYTHON) -m pip wheel --quiet --no-build-isolation --no-deps --no-index -w build/wheel/plain $(WHEEL_TREE)
	@$(REPEATABLE) PATH=$(VENV_wheel)/bin:$$PATH \
	  $(WHEEL_PYTHON) -m auditwheel repair --wheel-dir build/wheel build/wheel/plain/*.whl >build/wheel/audit.txt 2>&1 || \
	  { cat build/wheel/audit.txt >&2; exit 1; }
	@touch $@

# The wheel as pip unpacks it, beside what it stands on: what of this clone runs in Python takes it from there.
SITE := build/python
$(SITE)/.stamp: build/wheel/.stamp src/python/requirements.txt
	@rm -rf $(SITE)
	@$(VENV_wheel)/bin/$(PIP_CHECKED) --target $(SITE) -r src/python/requirements.txt
	@$(VENV_wheel)/bin/pip install --quiet --no-deps --no-index --target $(SITE) build/wheel/*.whl
	@touch $@
WITH_WHEEL := PYTHONPATH=$(CURDIR)/$(SITE)

.PHONY: wheel test-screen bench-screen
wheel: build/wheel/.stamp ## build the Python package into build/wheel/
	@ls build/wheel/*.whl

# Ray, pandas and pyarrow, 150 MB to fetch, are for this test and this command alone: not among those of `make test`.
test-screen: $(SITE)/.stamp $(VENV_screen)/.stamp build/lentigo ## test the Python package with Arrow and pandas, and archives with Ray
	@$(WITH_WHEEL) $(VENV_screen)/bin/python -m pytest -q tests/wheel
	@$(WITH_WHEEL) $(VENV_screen)/bin/python -m pytest -q tests/screen

# PICTURES is how many: make bench-screen PICTURES=100000
PICTURES := 10000
bench-screen: $(SITE)/.stamp $(VENV_screen)/.stamp build/lentigo ## measure an archive of PICTURES with Ray beside the command line
	@$(WITH_WHEEL) $(VENV_screen)/bin/python tests/bench/screen.py --pictures $(PICTURES)
