# `make run` serves the dashboard, `make test` runs the tests; both prepare all they need.
PYTHON ?= python3
PORT ?= 8501
VENV := .venv
BIN := $(VENV)/bin
MESSAGES := locale/atlas.pot

.PHONY: run test lint etl fetch lock messages bench clean

run: $(VENV)/run.stamp
	$(BIN)/streamlit run dashboard.py --server.port $(PORT) --server.headless true

test: $(VENV)/dev.stamp
	$(BIN)/python -m tests.programs
	$(BIN)/python -m pytest -n auto --dist worksteal

lint: $(VENV)/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

etl: $(VENV)/run.stamp
	$(BIN)/python -m etl build

fetch: $(VENV)/run.stamp
	$(BIN)/python -m etl fetch

bench: $(VENV)/dev.stamp
	$(BIN)/python -m tests.programs
	$(BIN)/python -m benchmarks

# Pins every dependency with its hashes.
lock: $(VENV)/dev.stamp
	for name in requirements requirements-dev; do \
	  $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	    --custom-compile-command "make lock" $$name.in --output-file $$name.txt; done

# Collects the words of the code into the French catalogue; new entries are left empty for a translator.
messages: $(VENV)/dev.stamp
	$(BIN)/pybabel -q extract -F babel.cfg -k N_ -o $(MESSAGES) --no-location .
	$(BIN)/pybabel -q update -i $(MESSAGES) -d locale -D atlas -l fr --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date
	rm $(MESSAGES)

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: requirements.txt | $(VENV)/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	touch $@

$(VENV)/dev.stamp: requirements.txt requirements-dev.txt | $(VENV)/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	touch $@
