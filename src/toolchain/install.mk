# make install: the library for other programs and the command, as packages of a system have them.
#
#   PREFIX=/usr/local   where it will be
#   DESTDIR=            put in front of that while installing, for those who make packages
#
# Both libraries are made of one object, which holds the engine and what it stands on: nothing of the cache is needed by
# who links them, and no name is visible but those of lentigo.h.

PREFIX ?= /usr/local
BINDIR ?= $(PREFIX)/bin
LIBDIR ?= $(PREFIX)/lib
INCLUDEDIR ?= $(PREFIX)/include
DATADIR ?= $(PREFIX)/share

VERSION := $(shell sed -n 's/^\#define LT_VERSION *"\(.*\)"/\1/p' src/lentigo.h)
SONAME := liblentigo.so.$(firstword $(subst ., ,$(VERSION)))
INSTALL_RULES := $(RULES) $(TOOLCHAIN)/install.mk

$(call objects,shared,$(ENGINE)): build/shared/%.o: %.c $(INSTALL_RULES) $(DEPS_native)/libdeps.a
	@mkdir -p $(@D)
	@echo "  cc     $< (shared)"
	@$(CC) $(NATIVE_CFLAGS) -fPIC $(ANYWHERE) $(call kernel_flags,$<,native) -c $< -o $@

# The names that the header declares, one a line.
build/shared/exports: src/lentigo.h $(INSTALL_RULES)
	@mkdir -p $(@D)
	@sed -n '/^static/!s/^[a-z].*[ *]\(lt_[a-z0-9_]*\)(.*/\1/p' $< > $@

build/shared/lentigo.o: $(call objects,shared,$(ENGINE)) build/shared/exports
	@echo "  link   $@"
	@ld -r -o $@ $(filter %.o,$^) $(DEPS_native)/libdeps.a
	@objcopy --keep-global-symbols=build/shared/exports $@

build/shared/liblentigo.a: build/shared/lentigo.o
	@rm -f $@ && ar rcsD $@ $<

build/shared/liblentigo.so.$(VERSION): build/shared/lentigo.o
	@echo "  link   $@"
	@$(CC) -shared -o $@ $< -Wl,-soname,$(SONAME) -Wl,--no-undefined -Wl,-z,now $(LIBS) $(GC)

build/shared/lentigo.pc: $(INSTALL_RULES) src/lentigo.h FORCE
	@printf '%s\n' 'prefix=$(PREFIX)' 'libdir=$(patsubst $(PREFIX)/%,$${prefix}/%,$(LIBDIR))' \
	  'includedir=$(patsubst $(PREFIX)/%,$${prefix}/%,$(INCLUDEDIR))' '' 'Name: lentigo' \
	  'Description: classifies photos of skin lesions on the device' 'Version: $(VERSION)' \
	  'Cflags: -I$${includedir}' 'Libs: -L$${libdir} -llentigo' 'Libs.private: $(LIBS)' > $@

build/shared/lentigo.bash build/shared/lentigo.zsh: build/shared/lentigo.%: build/lentigo
	@mkdir -p $(@D)
	@build/lentigo completion $* > $@

# The licences of the libraries in it, as theirs ask for.
build/shared/LICENCES: $(PINS) $(INSTALL_RULES) $(DEPS_native)/libdeps.a
	@mkdir -p $(@D)
	@awk '/^source/ { print $$2, $$3 }' $(PINS) | while read -r name version; do \
	  printf '%s %s\n\n' "$$name" "$$version" && cat $(SOURCES)/$$name/LICENSE && echo || exit 1; done > $@

.PHONY: FORCE
FORCE:

# What goes where: FILE:MODE:PLACE. A relative link goes by its target.
INSTALLED := \
  build/lentigo:755:$(BINDIR)/lentigo \
  src/lentigo.h:644:$(INCLUDEDIR)/lentigo.h \
  build/shared/liblentigo.a:644:$(LIBDIR)/liblentigo.a \
  build/shared/liblentigo.so.$(VERSION):755:$(LIBDIR)/liblentigo.so.$(VERSION) \
  build/shared/lentigo.pc:644:$(LIBDIR)/pkgconfig/lentigo.pc \
  src/cli/lentigo.1:644:$(DATADIR)/man/man1/lentigo.1 \
  build/shared/lentigo.bash:644:$(DATADIR)/bash-completion/completions/lentigo \
  build/shared/lentigo.zsh:644:$(DATADIR)/zsh/site-functions/_lentigo \
  model/lesion.tflite:644:$(DATADIR)/lentigo/lesion.tflite \
  model/README.md:644:$(DATADIR)/doc/lentigo/model.md \
  LICENSE:644:$(DATADIR)/doc/lentigo/LICENSE \
  build/shared/LICENCES:644:$(DATADIR)/doc/lentigo/LICENCES
INSTALLED_LINKS := $(LIBDIR)/$(SONAME) $(LIBDIR)/liblentigo.so
INSTALLED_SOURCES := $(foreach item,$(INSTALLED),$(firstword $(subst :, ,$(item))))
INSTALLED_PLACES := $(foreach item,$(INSTALLED),$(lastword $(subst :, ,$(item))))

.PHONY: install uninstall
install: $(INSTALLED_SOURCES) ## install library, command and model: make install PREFIX=/usr/local DESTDIR=
	@$(foreach item,$(INSTALLED),install -D -m $(word 2,$(subst :, ,$(item))) $(firstword $(subst :, ,$(item))) \
	  '$(DESTDIR)$(lastword $(subst :, ,$(item)))' &&) true
	@$(foreach link,$(INSTALLED_LINKS),ln -sf liblentigo.so.$(VERSION) '$(DESTDIR)$(link)' &&) true

uninstall: ## take away what make install put there, with the same PREFIX and DESTDIR
	@rm -f $(foreach place,$(INSTALLED_PLACES) $(INSTALLED_LINKS),'$(DESTDIR)$(place)')
	@for folder in lentigo doc/lentigo; do rmdir '$(DESTDIR)$(DATADIR)/'$$folder 2>/dev/null || true; done

-include $(wildcard build/shared/src/*.d build/shared/src/*/*.d)
