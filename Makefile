# The first target that needs it makes .venv and installs the pinned packages there.
#   make quickstart   build a small graph and ask it five questions
#   make test         the tests, the notebook and the README's code
#   make check        ruff, mypy --strict and the layout of the house
#   make proof        the slow proofs
#   make peers        the environment of the systems that benchmarks set beside ours
#   make test-neo4j   the Neo4j store, on the server that KGKIT_NEO4J_URL or KGKIT_NEO4J_SERVER gives
# On Linux, PIP_TORCH="--index-url https://download.pytorch.org/whl/cpu" saves the CUDA download.

SHELL := /bin/bash
BIN := .venv/bin
PIP := $(BIN)/python -m pip install -qq --disable-pip-version-check --constraint constraints.txt
PYTHON ?= $(shell for p in python3.11 python3 python3.12 python3.13 python3.14; do \
	$$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 15))' 2>/dev/null \
	&& { echo $$p; break; }; done)
PIP_TORCH ?=

.DEFAULT_GOAL := help
.PHONY: help quickstart test test-neo4j check proof peers format constraints clean

help:
	@sed -n 's/^#  *make/make/p' Makefile

$(BIN)/python:
	@if [ -z "$(PYTHON)" ]; then \
		echo "kgkit needs Python 3.11 to 3.14 and found none; install one or set PYTHON=/path/to/it" >&2; \
		exit 1; fi
	@echo "Making .venv with $(PYTHON) (first use only)"
	@$(PYTHON) -m venv .venv

# Torch first and by itself: only its index may differ.
.venv/.core: pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installing kgkit into .venv (a few minutes the first time)"
	@$(PIP) $(PIP_TORCH) torch
	@$(PIP) --editable .
	@touch $@

.venv/.dev: .venv/.core
	@echo "Installing what the tests need"
	@$(PIP) --editable '.[dev]'
	@touch $@

quickstart: .venv/.core
	@$(BIN)/kgkit quickstart

test: .venv/.dev
	@$(BIN)/pytest -q -n auto --dist loadfile -m "not slow" --nbmake tests notebooks

# One process: the free edition of Neo4j has one database.
test-neo4j: .venv/.dev
	@$(BIN)/pytest -q -m "not slow" tests/stores/neo4j tests/conformance

check: .venv/.dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/pytest -q tests/layout

proof: .venv/.dev
	@$(BIN)/pytest -q -m slow tests

peers: .venv-peers/.done

.venv-peers/.done:
	@$(PYTHON) -m venv .venv-peers
	@.venv-peers/bin/python -m pip install -qq $(PIP_TORCH) torch==2.13.0
	@.venv-peers/bin/python -m pip install -qq pykeen==1.11.1
	@touch $@

format: .venv/.dev
	@$(BIN)/ruff check --fix --quiet .
	@$(BIN)/ruff format --quiet .

# Pins what .venv holds now. The local part of torch's version ("+cpu") is left out.
constraints: .venv/.dev
	@$(BIN)/python -m pip freeze --exclude-editable | sed 's/+cpu$$//' > constraints.txt
	@touch .venv/.core .venv/.dev

clean:
	@rm -rf build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis quickstart.kg
	@find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +
