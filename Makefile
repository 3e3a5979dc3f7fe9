# `make demo` and `make test` need Python 3.11 or newer, git and make, and nothing else: each target makes what it needs.

PYTHONS := $(or $(PYTHON),python3.13 python3.12 python3.11 python3 python)
VENV := .venv
BIN := $(VENV)/bin
# -n auto: as many test processes as there are processors.
PYTEST_ARGS ?= -n auto
BENCH_ARGS ?=
FUZZ_ARGS ?= --seconds 600

.DEFAULT_GOAL := help
.PHONY: help demo test packaging lint types docs docs-check corpus bench fuzz clean

help: ## show this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

demo: $(VENV)/.runtime ## lint the small broken shop
	@$(BIN)/kubelint-lb check --fail-on never examples/broken-shop

test: $(VENV)/.dev ## run all tests
	$(BIN)/python -m pytest $(PYTEST_ARGS)

packaging: $(VENV)/.dev ## only the tests that build and install the package
	$(BIN)/python -m pytest -m packaging tests/packaging

lint: $(VENV)/.dev ## ruff: rules and formatting
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev ## mypy, strict
	$(BIN)/mypy

docs: $(VENV)/.runtime ## write docs/rules from the rule files
	$(BIN)/python scripts/docs.py

docs-check: $(VENV)/.runtime ## fail if docs/rules is not current
	$(BIN)/python scripts/docs.py --check

corpus: $(VENV)/.dev ## rewrite the list of findings in the repositories of KUBELINT_LB_CORPUS; read its diff
	$(BIN)/python -m tests.corpus.found

bench: $(VENV)/.runtime ## measure speed and memory, as ratios
	$(BIN)/python -m benchmarks $(BENCH_ARGS)

fuzz: $(VENV)/.runtime ## lint changed examples for a while; under atheris where it is installed
	$(BIN)/python -m fuzz.report $(FUZZ_ARGS)

clean: ## remove the environment and all build products
	rm -rf $(VENV) dist build .pytest_cache .mypy_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Stamps: an install is repeated only when pyproject.toml is newer. The install is editable, so source edits count at once.
$(VENV)/.dev: $(VENV)/.runtime pyproject.toml
	$(BIN)/python -m pip install --quiet --group dev
	@touch $@

$(VENV)/.runtime: $(VENV)/.python pyproject.toml
	$(BIN)/python -m pip install --quiet --editable .
# An editable install compiles nothing, and where PYTHONDONTWRITEBYTECODE is set every run would compile anew.
	@$(BIN)/python -m compileall -q kubelint_lb
	@touch $@

# --group, in the recipe above, came with pip 25.1.
$(VENV)/.python:
	@for python in $(PYTHONS); do \
	  if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then \
	    echo "make: $$($$python --version), environment in $(VENV)"; \
	    $$python -m venv $(VENV) && $(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1' && touch $@; \
	    exit $$?; \
	  fi; \
	done; \
	echo "make: no Python 3.11 or newer found (looked for: $(PYTHONS)). Install one, or say where it is: make PYTHON=/path/to/python3" >&2; \
	exit 1
