# One command each: `make run`, `make test`. Only Python (3.11 or newer), pip and make are needed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: help run install test chaos coverage check fuzz bench screenshots lock
.DEFAULT_GOAL := help

help: ## Show these lines
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: install ## Set everything up and start Carnet on this computer
	@$(BIN)/carnet run

install: $(VENV)/.installed ## The set-up alone: .venv with exactly what the lock file names

test: $(VENV)/.installed-dev check ## Set everything up, check the code and run every test
	@echo "== Running the tests (SQLite, PostgreSQL, loopback providers, browser)"
	@$(BIN)/python -m pytest --numprocesses 2 -m "not chaos"
	@echo "== Not run: the chaos test, a minute of everything going wrong on each database. It is: make chaos"

chaos: $(VENV)/.installed-dev ## A minute of load on each database while everything goes wrong (SEED=… for the same again)
	@CHAOS_SECONDS=$(or $(SECONDS),60) $(if $(SEED),CHAOS_SEED=$(SEED)) \
		$(BIN)/python -m pytest -m chaos -s -p no:randomly tests/chaos

coverage: $(VENV)/.installed-dev ## Run every test and tell which lines none of them reaches
	@$(BIN)/python -m pytest --numprocesses 2 --cov --cov-report=term:skip-covered

check: $(VENV)/.installed-dev ## Style, types and the direction of imports
	@echo "== Checking style, types and layers"
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache

fuzz: $(VENV)/.installed-dev ## Look for what breaks expressions, sheets, answers and forms (20 minutes; needs atheris)
	@for target in expressions sheets answers xforms; do $(BIN)/python -m tests.fuzz $$target 300 || exit 1; done

bench: $(VENV)/.installed-dev $(VENV)-bench/.installed ## Measure everything there is a number to reach for; a table, and JSON in .benchmarks/
	@$(BIN)/python -m benchmarks

screenshots: $(VENV)/.installed-dev ## Take the pictures of the README again (needs a Chromium)
	@$(BIN)/python docs/screenshots.py

lock: ## Choose new versions for the lock files (needs uv)
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--extra build pyproject.toml -o requirements.lock
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--extra build --extra dev -c requirements.lock pyproject.toml -o requirements-dev.lock
	sed -nE 's/^((starlette|uvicorn|uvloop|httptools)==[^ ]+).*/\1/p' requirements.lock | \
		uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--group pyproject.toml:bench -c /dev/stdin -o requirements-bench.lock

$(VENV)/bin/python:
	@echo "== Creating $(VENV)"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Carnet needs Python 3.11 or newer. Try: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)-bench/.installed: requirements-bench.lock | $(VENV)/bin/python
	@echo "== Installing what is measured beside Carnet"
	@$(BIN)/python -m venv $(VENV)-bench
	@$(VENV)-bench/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-bench.lock
	@touch $@

$(VENV)/.installed: requirements.lock pyproject.toml | $(VENV)/bin/python
	@echo "== Installing what requirements.lock names (once; a minute or two)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	@touch $@

$(VENV)/.installed-dev: requirements-dev.lock $(VENV)/.installed
	@echo "== Installing what the tests need besides"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-dev.lock
	@touch $@
