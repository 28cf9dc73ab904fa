# make serve and make test do all their own set-up; they need Python 3.11 or newer, make and git.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin

.PHONY: serve test test-slow bench lint format context dataset clean

serve: .venv/.installed        ## browse and query the shipped frameworks at http://127.0.0.1:8000
	$(BIN)/competency serve

test: .venv/.installed-dev     ## the tests, under five minutes on two cores
	$(BIN)/python -m pytest --quiet --numprocesses 2 -m "not slow"

test-slow: .venv/.installed-dev
	$(BIN)/python -m pytest --quiet -m slow

bench: .venv/.installed-dev    ## what ten thousand mixed requests cost; takes some minutes
	$(BIN)/python -m tests.bench.mixed

lint: .venv/.installed-dev     ## ruff and mypy --strict
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict

format: .venv/.installed-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

context: .venv/.installed      ## write ontology/context.jsonld anew after a change of the ontology
	$(BIN)/python -c "from competency.ontology.context import write_context; write_context()"

dataset: .venv/.installed      ## write graph/dataset.ttl anew after a change of a framework
	$(BIN)/python -c "from competency.graph.dataset import write_dataset; write_dataset()"

.venv/.installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	touch $@

.venv/.installed-dev: .venv/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	touch $@

clean:
	rm -rf .venv dist build .mypy_cache .pytest_cache .ruff_cache
