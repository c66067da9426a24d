# `make setup`, `make check` and `make run` are all that a new contributor needs; `make help` names the rest.

BIN := .venv/bin
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard translations/*.po))
SYSTEM_PACKAGES := scripts/system_packages.py

# PySide6 has no release for Python 3.15 yet. The look-up is made once, and only when the environment is made.
FITS := import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))
FIRST_THAT_FITS = $(shell for name in python3 python3.13 python3.12 python3.11 python3.14; do \
	$$name -c '$(FITS)' 2>/dev/null && echo $$name && break; done)
PYTHON ?= $(eval PYTHON := $(FIRST_THAT_FITS))$(PYTHON)

.PHONY: help setup run test tools check bench bench-metadata bench-editor bench-export peers fuzz faults export-faults translations screenshots clean

help:
	@echo "make setup         prepare .venv, so that $(BIN)/captioner runs"
	@echo "make run           open the editor on the sample set"
	@echo "make test          every check and every test"
	@echo "make check         the checks alone"
	@echo "make bench         measure, beside the peers that are installed, into docs/benchmarks.md"
	@echo "make bench-export  measure exporting alone, beside cp and ExifTool, ImageMagick and vips"
	@echo "make fuzz          20,000 damaged files of each format"
	@echo "make faults        200 kills while photos are saved"
	@echo "make export-faults 200 kills while photos are exported and another program watches, and full disks"
	@echo "make translations  bring translations/ up to date with the source"
	@echo "make screenshots   take the pictures of docs/screenshots"
	@echo "make clean         remove all that these made"

setup: .venv/.ready $(CATALOGUES)

run: setup
	@test -z "$$DISPLAY$$WAYLAND_DISPLAY" || $(BIN)/python $(SYSTEM_PACKAGES) run --if-possible spell
	@$(BIN)/captioner demo

test: tools check
	@$(BIN)/python -m pytest -n auto --maxprocesses 4

tools: setup
	@$(BIN)/python $(SYSTEM_PACKAGES) run test

# Pyright's Python wrapper is told not to speak of newer releases.
check: setup .venv/.ready-to-test
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@PYRIGHT_PYTHON_IGNORE_WARNINGS=1 $(BIN)/pyright
	@$(BIN)/lint-imports
	@$(BIN)/python scripts/translations.py check

bench: bench-metadata bench-editor bench-export

# On a disk, and in memory where there is a file system for that: then nobody waits for the disk.
bench-metadata: tools
	@$(BIN)/python -m pip install --quiet --group bench || echo "Some peers can't be installed; they are left out." >&2
	@$(BIN)/python benchmarks/metadata.py
	@test ! -d /dev/shm || $(BIN)/python benchmarks/metadata.py --folder /dev/shm --title "Metadata, in memory"

# Offscreen; what is slower than benchmarks/editor-baseline.json by more than its noise ends it with an error.
bench-editor: tools peers
	@$(BIN)/python -m compileall -q captioner
	@$(BIN)/python benchmarks/editor.py

# 500 photos, as originals and as smaller JPEGs.
bench-export: tools
	@$(BIN)/python benchmarks/export.py

# Photini, with a Qt of its own. What can't be had is told, and the rest is measured without it.
peers: .venv-peers/.ready

.venv-peers/.ready: | setup
	@$(BIN)/python $(SYSTEM_PACKAGES) venv --if-possible peers
	@rm -rf .venv-peers
	@$(BIN)/python -m venv .venv-peers
	@.venv-peers/bin/python -m pip install --quiet Photini PyQt6 PyQt6-WebEngine && touch $@ \
		|| echo "Photini can't be installed; it is left out." >&2

fuzz: tools
	@$(BIN)/python -m tests.fuzzing --files 20000

faults: tools
	@$(BIN)/python -m tests.faults --kills 200

export-faults: tools
	@$(BIN)/python -m tests.export_faults --kills 200

translations: setup
	@$(BIN)/python scripts/translations.py extract
	@$(BIN)/python scripts/translations.py update
	@$(BIN)/python scripts/translations.py compile

screenshots: tools
	@xvfb-run --auto-servernum --server-args "-screen 0 1920x1200x24" $(BIN)/python scripts/screenshots.py

clean:
	rm -rf .venv .venv-peers build dist .pytest_cache .ruff_cache .hypothesis .import_linter_cache translations/*.mo
	find captioner scripts tests -name __pycache__ -prune -exec rm -rf {} +

# Both stamps are written last, so a set-up that was cut short is begun again; `.unfinished` tells that the environment
# may be half written and has to be made anew. Missing libraries don't stop it: they are named, and the rest is made.
.venv/.ready: pyproject.toml scripts/build_hook.py scripts/translations.py $(SYSTEM_PACKAGES)
	@test -n "$(PYTHON)" && $(PYTHON) -c '$(FITS)' 2>/dev/null || { echo "Captioner needs Python 3.11 to 3.14;" \
		"install one, or name it: make setup PYTHON=/path/to/python3.12" >&2; exit 1; }
	@$(PYTHON) $(SYSTEM_PACKAGES) venv --if-possible run
	@if test -e .venv/.unfinished || ! $(BIN)/python -m pip --version >/dev/null 2>&1; then rm -rf .venv; fi
	@mkdir -p .venv && touch .venv/.unfinished && rm -f $@
	@echo "Setting up .venv ..."
	@test -x $(BIN)/pip || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	@$(BIN)/python -m pip install --quiet --editable .
	@$(BIN)/python -m compileall -q captioner
	@rm .venv/.unfinished && touch $@

.venv/.ready-to-test: pyproject.toml .venv/.ready
	@$(BIN)/python -m pip install --quiet --group dev
	@touch $@

translations/%.mo: translations/%.po | .venv/.ready
	@$(BIN)/python scripts/translations.py compile
