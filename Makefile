# Makefile - builds, tests, installs and packages moat. `make help` lists what it can do.
#
# One file; sources are found by wildcard, so a new file or folder needs no edit here.
# MODE picks the flags and the folder; B=DIR builds elsewhere, so that builds can run side by side.

VERSION := $(shell sed -n 's/^\#define MOAT_VERSION "\(.*\)"/\1/p' compiler/base/version.h)
MODE    ?= release
B       ?= build/$(MODE)
CC      := $(if $(filter default,$(origin CC)),$(if $(filter fuzz,$(MODE)),clang,gcc),$(CC))
PREFIX  ?= /usr/local
DESTDIR ?=

export LC_ALL := C
.DELETE_ON_ERROR:
.SUFFIXES:
.DEFAULT_GOAL := build

# --- what a fresh Debian 12 lacks ----------------------------------------------------------------

BUILD_DEPS := flex bison libcjson-dev libutf8proc-dev
TEST_DEPS  := $(BUILD_DEPS) libcmocka-dev python3 python3-jsonschema
CHECK_DEPS := $(TEST_DEPS) clang clang-format clang-tidy libclang-rt-14-dev llvm valgrind gcovr jq lintian

# Installs what is missing of the packages named; says so where that needs rights it lacks.
define install_missing
@missing=; for p in $(1); do \
    case "$$(dpkg-query -W -f='$${db:Status-Status}' $$p 2>/dev/null)" in installed) ;; \
    *) missing="$$missing $$p";; esac; done; \
if [ -n "$$missing" ]; then \
    echo "installing:$$missing"; \
    if [ "$$(id -u)" = 0 ]; then sudo=; \
    elif sudo -n true 2>/dev/null; then sudo='sudo -n'; \
    else echo "moat needs these packages; please run:" >&2; \
         echo "    sudo apt-get install -y$$missing" >&2; exit 1; fi; \
    apt="$$sudo env DEBIAN_FRONTEND=noninteractive apt-get -qq"; \
    { $$apt install -y --no-install-recommends $$missing >/dev/null 2>&1 \
      || { $$apt update && $$apt install -y --no-install-recommends $$missing >/dev/null; }; } \
    || { echo "could not install them; please run:" >&2; \
         echo "    apt-get update && apt-get install -y$$missing" >&2; exit 1; }; \
fi
endef

# A stamp for each set; on other systems than Debian it is up to you.
$(B)/.deps-build:
	$(if $(shell command -v dpkg-query),$(call install_missing,$(BUILD_DEPS)))
	@mkdir -p $(@D) && touch $@
$(B)/.deps-test: | $(B)/.deps-build
	$(if $(shell command -v dpkg-query),$(call install_missing,$(TEST_DEPS)))
	@mkdir -p $(@D) && touch $@

.PHONY: install-deps
install-deps: ## install every package that building and checking need
	$(call install_missing,$(CHECK_DEPS))

# --- flags ---------------------------------------------------------------------------------------

MODE_release := -O2 -g -fstack-protector-strong -D_FORTIFY_SOURCE=2
MODE_debug   := -O0 -g3
MODE_asan    := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all \
                -fno-omit-frame-pointer -DMOAT_ARENA_CHUNK=0
MODE_cov     := -O0 -g --coverage
MODE_fuzz    := -O1 -g -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all \
                -fno-omit-frame-pointer
ifeq ($(MODE_$(MODE)),)
$(error MODE is one of release debug asan cov fuzz)
endif

WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wswitch-enum -Wformat=2 \
            -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wundef $(if $(WERROR),-Werror)
BASE_FLAGS := -std=c17 -D_POSIX_C_SOURCE=200809L $(MODE_$(MODE)) -fPIE -ffile-prefix-map=$(CURDIR)/= \
              -Icompiler -Igrammar -I$(B)/gen -Wa,-I$(B)/gen
OWN_FLAGS  := $(BASE_FLAGS) $(WARNINGS) -include compiler/base/banned.h
LINK_FLAGS := $(MODE_$(MODE)) -pie -Wl,-z,relro $(LDFLAGS)
LIBS       := -lcjson -lutf8proc

# V=1 shows the commands themselves.
Q   := $(if $(V),,@)
say = @$(if $(V),:,printf '  %-8s%s\n' $(1) $(2))

COMPILE = $(Q)$(CC) $(OWN_FLAGS) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

# Rebuild when compiler or flags change.
FLAGS_NOW := $(CC) $(OWN_FLAGS) $(CPPFLAGS) $(CFLAGS) $(LINK_FLAGS)
$(B)/.flags: FORCE | $(B)/.deps-build
	@mkdir -p $(@D); echo '$(FLAGS_NOW)' | cmp -s - $@ || echo '$(FLAGS_NOW)' > $@
FORCE:

# --- sources -------------------------------------------------------------------------------------

SOURCES := $(filter-out compiler/host/% compiler/cli/main.c,$(wildcard compiler/*/*.c))
OBJECTS := $(SOURCES:%.c=$(B)/%.o)
GRAMMAR := $(if $(wildcard grammar/moat.y),moat.tab) $(if $(wildcard grammar/moat.l),moat.lex)
GEN_OBJECTS := $(GRAMMAR:%=$(B)/gen/%.o)
GEN_HEADERS := $(GRAMMAR:%=$(B)/gen/%.h) $(B)/gen/code_names.inc
HOST_TOOLS  := $(patsubst compiler/host/%.c,$(B)/host/%,$(wildcard compiler/host/*.c))
STDLIB      := $(shell find stdlib -name '*.moat' ! -name '*_test.moat' 2>/dev/null | sort)
CATALOG     := $(shell find stdlib/catalog -type f 2>/dev/null | sort)

.PHONY: build
build: $(B)/moat ## build the compiler

$(B)/moat: $(B)/compiler/cli/main.o $(B)/libmoat.a
	$(call say,LINK,$@)
	$(Q)$(CC) $(LINK_FLAGS) -o $@ $^ $(LIBS)

$(B)/libmoat.a: $(OBJECTS) $(GEN_OBJECTS)
	@rm -f $@
	$(call say,AR,$@)
	$(Q)ar rcsD $@ $^

$(B)/compiler/%.o: compiler/%.c $(B)/.flags | $(GEN_HEADERS)
	@mkdir -p $(@D)
	$(call say,CC,$<)
	$(COMPILE)

# --- generated files -----------------------------------------------------------------------------

$(B)/gen/%.o: $(B)/gen/%.c $(B)/.flags | $(GEN_HEADERS)
	$(call say,CC,$<)
	$(Q)$(CC) $(BASE_FLAGS) -Wall $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

$(B)/gen/moat.tab.c $(B)/gen/moat.tab.h &: grammar/moat.y | $(B)/.deps-build
	@mkdir -p $(@D)
	$(call say,BISON,$<)
	$(Q)bison -Wall -Wcounterexamples -Werror --header=$(B)/gen/moat.tab.h -o $(B)/gen/moat.tab.c $<

$(B)/gen/moat.lex.c $(B)/gen/moat.lex.h &: grammar/moat.l | $(B)/.deps-build
	@mkdir -p $(@D)
	$(call say,FLEX,$<)
	$(Q)flex --header-file=$(B)/gen/moat.lex.h -o $(B)/gen/moat.lex.c $<

$(B)/gen/code_names.inc: compiler/diag/codes.def
	@mkdir -p $(@D)
	@sed -n 's/^DIAG([^,]*,[^,]*, *\([A-Z0-9_]*\)).*/"\1",/p' $< | tr 'A-Z_' 'a-z-' > $@

# Host tools run while building; they may use base/.
$(B)/host/%: compiler/host/%.c $(patsubst %.c,$(B)/%.o,$(wildcard compiler/base/*.c))
	@mkdir -p $(@D)
	$(call say,HOST,$@)
	$(Q)$(CC) $(OWN_FLAGS) $(CPPFLAGS) $(CFLAGS) -MMD -MP $(LINK_FLAGS) -o $@ $(filter %.c %.o,$^)

$(B)/gen/stdlib.blob: $(B)/host/stdlib_pack $(STDLIB)
	@mkdir -p $(@D)
	$(call say,PACK,$@)
	$(Q)$(B)/host/stdlib_pack stdlib $@
$(B)/compiler/source/stdlib.o: $(B)/gen/stdlib.blob

ifneq ($(wildcard compiler/host/catalog_pack.c),)
$(B)/gen/catalog.blob: $(B)/host/catalog_pack $(CATALOG)
	@mkdir -p $(@D)
	$(call say,PACK,$@)
	$(Q)$(B)/host/catalog_pack stdlib/catalog $@
$(patsubst %.c,$(B)/%.o,$(wildcard compiler/catalog/*.c)): $(B)/gen/catalog.blob
endif

-include $(OBJECTS:.o=.d) $(GEN_OBJECTS:.o=.d) $(B)/compiler/cli/main.d $(HOST_TOOLS:=.d)

.PHONY: clean
clean: ## remove everything built
	rm -rf build
