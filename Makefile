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

.PHONY: help
help: ## list these targets
	@echo 'make TARGET [MODE=release|debug|asan|cov|fuzz] [B=DIR] [V=1] [WERROR=1]'
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  \1\t\2/p' Makefile | sort | expand -t 18

# --- what a fresh Debian 12 lacks ----------------------------------------------------------------

BUILD_DEPS := flex bison libcjson-dev libutf8proc-dev zlib1g-dev
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
BASE_FLAGS := -std=c17 -D_POSIX_C_SOURCE=200809L -D_XOPEN_SOURCE=700 $(MODE_$(MODE)) -fPIE -ffile-prefix-map=$(CURDIR)=. \
              -Icompiler -Igrammar -I$(B)/gen -Wa,-I$(B)/gen
OWN_FLAGS  := $(BASE_FLAGS) $(WARNINGS) -include compiler/base/banned.h
LINK_FLAGS := $(MODE_$(MODE)) -pie -Wl,-z,relro,-z,now $(LDFLAGS)
LIBS       := -lcjson -lutf8proc -lz

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

SOURCES := $(filter-out compiler/host/% compiler/cli/main.c,$(wildcard compiler/*.c compiler/*/*.c))
OBJECTS := $(SOURCES:%.c=$(B)/%.o)
GRAMMAR := $(if $(wildcard grammar/moat.y),moat.tab) $(if $(wildcard grammar/moat.l),moat.lex)
GEN_OBJECTS := $(GRAMMAR:%=$(B)/gen/%.o)
GEN_HEADERS := $(GRAMMAR:%=$(B)/gen/%.h) $(B)/gen/code_names.inc
HOST_TOOLS  := $(patsubst compiler/host/%.c,$(B)/host/%,$(wildcard compiler/host/*.c))
.SECONDARY: $(HOST_TOOLS)
STDLIB      := $(shell find stdlib -name '*.moat' ! -name '*_test.moat' 2>/dev/null | sort)
CATALOG     := $(shell find stdlib/catalog -type f 2>/dev/null | sort)

.PHONY: build
build: $(B)/moat ## build the compiler

.PHONY: demo
demo: $(B)/moat ## build the example landing zone and show what came out
	@rm -rf $(B)/demo
	@examples/demo $(B)/moat $(B)/demo

$(B)/moat: $(B)/compiler/cli/main.o $(B)/libmoat.a
	$(call say,LINK,$@)
	$(Q)$(link)

$(B)/libmoat.a: $(OBJECTS) $(GEN_OBJECTS)
	@rm -f $@
	$(call say,AR,$@)
	$(Q)ar rcsD $@ $^

$(B)/compiler/%.o: compiler/%.c $(B)/.flags | $(GEN_HEADERS)
	@mkdir -p $(@D)
	$(call say,CC,$<)
	$(COMPILE)

# POSIX has no huge pages; where this does not declare them, the arena does without.
$(B)/compiler/base/arena.o: private OWN_FLAGS += -D_DEFAULT_SOURCE

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

# What `moat explain` shows of each diagnostic.
DIAGNOSTICS := $(wildcard spec/diagnostics.d/*.md)
$(B)/gen/diagnostics.md: $(B)/host/explain_pack $(DIAGNOSTICS)
	@mkdir -p $(@D)
	$(call say,PACK,$@)
	$(Q)$(B)/host/explain_pack spec/diagnostics.d $@
$(B)/compiler/cli/explain_code.o: $(B)/gen/diagnostics.md

# Syntax files: in a template (.in) the words of grammar/keywords.def are filled in.
EDITOR_FILES := $(patsubst editors/%,%,$(patsubst %.in,%,$(wildcard editors/*/* editors/*/*/*)))
EDITORS      := $(patsubst %,$(B)/editors/%,$(filter %.vim %.json,$(EDITOR_FILES)))
.PHONY: editors
editors: $(EDITORS) ## make the syntax files for Vim and VS Code
$(B)/editors/%: editors/%.in $(B)/host/editor_pack
	@mkdir -p $(@D)
	$(call say,PACK,$@)
	$(Q)$(B)/host/editor_pack $< $@
$(B)/editors/%: editors/%
	@mkdir -p $(@D)
	$(Q)cp $< $@

# The starter project of `moat init` is in the binary as it is.
$(B)/compiler/cli/cmd_init.o: $(wildcard compiler/cli/starter/*)

ifneq ($(wildcard compiler/host/catalog_pack.c),)
$(B)/gen/catalog.blob: $(B)/host/catalog_pack $(CATALOG)
	@mkdir -p $(@D)
	$(call say,PACK,$@)
	$(Q)$(B)/host/catalog_pack stdlib/catalog $@
$(B)/host/catalog_pack: $(B)/compiler/catalog/text.o
$(B)/compiler/catalog/blob.o: $(B)/gen/catalog.blob
endif

# What else is taken into the binary by .incbin.
$(B)/compiler/cli/cmd_init.o: $(wildcard compiler/cli/starter/*)

-include $(OBJECTS:.o=.d) $(GEN_OBJECTS:.o=.d) $(B)/compiler/cli/main.d $(HOST_TOOLS:=.d)

# --- tests ---------------------------------------------------------------------------------------
# A test program is one file and what it shares with its folder: every .c there that is no test.

TEST_SOURCES := $(wildcard tests/unit/*_test.c tests/laws/*_law.c tests/fuzz/fuzz_*.c \
                           tests/bench/bench_*.c)
UNITS   := $(patsubst %.c,$(B)/%,$(filter tests/unit/%,$(TEST_SOURCES)))
LAWS    := $(patsubst %.c,$(B)/%,$(filter tests/laws/%,$(TEST_SOURCES)))
FUZZERS := $(patsubst %.c,$(B)/%,$(filter tests/fuzz/%,$(TEST_SOURCES)))
BENCHES := $(patsubst %.c,$(B)/%,$(filter tests/bench/%,$(TEST_SOURCES)))
shared   = $(patsubst %.c,$(B)/%.o,$(filter-out $(TEST_SOURCES),$(wildcard tests/$(1)/*.c)))
link     = $(CC) $(LINK_FLAGS) -o $@ $(filter %.o,$^) $(filter %.a,$^) $(LIBS) $(1)

$(B)/tests/%.o: tests/%.c $(B)/.flags | $(GEN_HEADERS) $(B)/.deps-test
	@mkdir -p $(@D)
	$(call say,CC,$<)
	$(COMPILE) -Itests

$(UNITS): %: %.o $(call shared,unit) $(B)/libmoat.a
	$(call say,TEST,$@)
	$(Q)$(call link,-lcmocka)
$(LAWS): %: %.o $(call shared,laws) $(B)/libmoat.a
	$(call say,TEST,$@)
	$(Q)$(call link)
$(BENCHES): %: %.o $(call shared,bench) $(B)/libmoat.a
	$(call say,BENCH,$@)
	$(Q)$(call link)

# In MODE=fuzz the fuzzer brings the main program, else replay.c does.
$(FUZZERS): %: %.o $(if $(filter fuzz,$(MODE)),$(filter-out %/replay.o,$(call shared,fuzz)), \
                                               $(call shared,fuzz)) $(B)/libmoat.a
	$(call say,FUZZ,$@)
	$(Q)$(call link,$(if $(filter fuzz,$(MODE)),-fsanitize=fuzzer))

# A moat whose n-th allocation, read, write … fails on request.
WRAPPED := malloc calloc realloc open openat read write fsync close rename renameat mkdir mkdirat \
           unlinkat
FAULTY := $(if $(filter-out cov,$(MODE)),$(B)/tests/faults/moat) # counting lines allocates, too
$(B)/tests/faults/moat: $(B)/compiler/cli/main.o $(B)/tests/faults/wrap.o $(B)/libmoat.a
	$(call say,TEST,$@)
	$(Q)$(call link,$(WRAPPED:%=-Wl$(comma)--wrap=%))
comma := ,

-include $(patsubst %.c,$(B)/%.d,$(wildcard tests/*/*.c))

RUN    := /usr/bin/python3 tests/run --build $(B)
SUITES := unit golden reject laws cli examples docs codes replay

.PHONY: test tests-built faults bench golden-update $(SUITES)
tests-built: $(B)/moat $(EDITORS) $(UNITS) $(LAWS) $(FUZZERS) $(FAULTY) | $(B)/.deps-test

test: tests-built ## run every test, with one compiler (at most five minutes)
	@$(RUN)
$(SUITES): tests-built
	@$(RUN) $@
faults: tests-built ## let each allocation, read and write fail once
	@$(RUN) -k faults laws
bench: $(B)/moat $(BENCHES) | $(B)/.deps-test ## measure speed and memory
	@for b in $(BENCHES); do $$b || exit 1; done
	@$(if $(wildcard tests/bench/run),/usr/bin/python3 tests/bench/run --build $(B))
golden-update: tests-built ## rewrite what golden, reject and examples expect; then read the diff
	@$(RUN) --update golden reject examples

# --- the long check ------------------------------------------------------------------------------
# What CI runs: tests/check calls these targets one after the other, each in a folder of its own.

COVERAGE_FLOOR := 90
FUZZ_SECONDS   ?= 60

.PHONY: check check-clang check-asan check-valgrind check-coverage fuzz format format-check
.PHONY: deps-check lint install-check-deps
check: | install-check-deps ## everything: test, clang, sanitizers, valgrind, fuzzing, coverage, lint
	@/usr/bin/python3 tests/check
install-check-deps:
	$(call install_missing,$(CHECK_DEPS))

check-clang:
	@$(MAKE) --no-print-directory MODE=release B=build/clang CC=clang WERROR=1 tests-built
check-asan:
	@$(MAKE) --no-print-directory MODE=asan B=build/asan test
check-valgrind:
	@$(MAKE) --no-print-directory MODE=debug B=build/debug tests-built
	@for t in $(UNITS:$(B)/%=build/debug/%); do \
	    valgrind -q --error-exitcode=9 --leak-check=full --trace-children=no $$t >build/debug/valgrind.log 2>&1 \
	    || { cat build/debug/valgrind.log; exit 1; }; done
check-coverage:
	@find build/cov -name '*.gcda' -delete 2>/dev/null || true
	@$(MAKE) --no-print-directory MODE=cov B=build/cov test
	@gcovr --root . --object-directory build/cov --filter compiler/ --exclude compiler/host/ \
	    --gcov-ignore-parse-errors --print-summary --fail-under-line $(COVERAGE_FLOOR) \
	    --output build/cov/coverage.txt

fuzz: ## fuzz each stage for FUZZ_SECONDS, on all cores
	@$(MAKE) --no-print-directory MODE=fuzz B=build/fuzz fuzzers-built
	@/usr/bin/python3 tests/fuzz/run --build build/fuzz --seconds $(FUZZ_SECONDS)
.PHONY: fuzzers-built
fuzzers-built: $(FUZZERS)

OWN_C := $(wildcard compiler/*.[ch] compiler/*/*.[ch] tests/*/*.[ch])
format: ## lay the C sources out
	clang-format -i $(OWN_C)
format-check:
	clang-format --dry-run --Werror $(OWN_C)
TIDY_FLAGS := -std=c17 -D_POSIX_C_SOURCE=200809L -D_XOPEN_SOURCE=700 -Icompiler -Igrammar -I$(B)/gen \
              -include compiler/base/banned.h
lint: $(GEN_HEADERS) $(B)/libmoat.a ## clang-tidy, a scanner that never backs up, no name twice
	@ld -r -o /dev/null --whole-archive $(B)/libmoat.a # an archive alone hides a name defined twice
	@cd $(B)/gen && flex -b -o /dev/null $(CURDIR)/grammar/moat.l && grep -q '^No backing up' lex.backup \
	    || { cat $(B)/gen/lex.backup; exit 1; }
	@printf '%s\n' $(SOURCES) compiler/cli/main.c | xargs -P $$(nproc) -n 6 \
	    sh -c 'clang-tidy --quiet "$$@" -- $(TIDY_FLAGS)' sh

# Holds every #include "folder/…" against compiler/deps.txt.
deps-check: ## hold every include against compiler/deps.txt
	@awk ' \
	    FILENAME == "compiler/deps.txt" { if (!/^#/ && NF) { sub(":", "", $$1); known[$$1]; \
	        may[$$1, $$1]; for (i = 2; i <= NF; i++) may[$$1, $$i] } next } \
	    { n = split(FILENAME, part, "/"); own = part[1] == "grammar" ? "syntax" : part[2] } \
	    !(own in known) { print FILENAME ": deps.txt does not know " own; bad = 1; nextfile } \
	    /^#include "[a-z]+\// { split($$2, to, /["\/]/); if (!((own, to[2]) in may)) { \
	        print FILENAME ":" FNR ": " own " may not include " to[2]; bad = 1 } } \
	    END { exit bad }' compiler/deps.txt compiler/*/*.[ch] $(wildcard grammar/*.[ly])

# --- installing ----------------------------------------------------------------------------------

BIN     := $(DESTDIR)$(PREFIX)/bin
DATA    := $(DESTDIR)$(PREFIX)/share
ZSH_DIR ?= site-functions
INSTALLED = $(BIN)/moat $(DATA)/man/man1/moat.1 $(DATA)/bash-completion/completions/moat \
            $(DATA)/zsh/$(ZSH_DIR)/_moat $(DATA)/fish/vendor_completions.d/moat.fish \
            $(EDITORS:$(B)/%=$(DATA)/moat/%)

.PHONY: install uninstall deb deb-check
install: $(B)/moat $(EDITORS) ## install below PREFIX (and DESTDIR)
	$(Q)install -d $(sort $(dir $(INSTALLED)))
	$(Q)install -m 755 $(B)/moat $(BIN)/moat
	$(Q)$(B)/moat help --man > $(DATA)/man/man1/moat.1
	$(Q)$(B)/moat completion bash > $(DATA)/bash-completion/completions/moat
	$(Q)$(B)/moat completion zsh > $(DATA)/zsh/$(ZSH_DIR)/_moat
	$(Q)$(B)/moat completion fish > $(DATA)/fish/vendor_completions.d/moat.fish
	$(Q)cp -R $(B)/editors $(DATA)/moat/
	$(Q)chmod 644 $(filter-out %/bin/moat,$(INSTALLED))
uninstall: ## remove what install put there
	rm -f $(INSTALLED)

DEB = $(B)/moat_$(VERSION)_$(shell dpkg --print-architecture 2>/dev/null).deb
deb: $(B)/moat ## make a Debian package
	$(call install_missing,dpkg-dev)
	@rm -rf $(B)/deb
	@$(MAKE) --no-print-directory install DESTDIR=$(B)/deb PREFIX=/usr ZSH_DIR=vendor-completions
	@packaging/deb $(B)/deb $(VERSION) $(DEB)

# The package pleases lintian, installs what it should, and is the same built from a copy elsewhere.
deb-check:
	@$(MAKE) --no-print-directory B=build/release deb
	@lintian --fail-on error,warning --tag-display-limit 0 build/release/*.deb
	@dpkg-deb -c build/release/*.deb | grep -q './usr/share/man/man1/moat.1.gz'
	@rm -rf build/copy && mkdir -p build/copy && git ls-files -z | xargs -0 cp -P --parents -t build/copy
	@$(MAKE) --no-print-directory -C build/copy B=build/release deb
	@cmp build/release/*.deb build/copy/build/release/*.deb

.PHONY: clean
clean: ## remove everything built
	rm -rf build
