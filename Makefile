# make serve and make test do all their own set-up; they need Python 3.11 or newer, make and git.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin

.PHONY: pictures serve test test-slow test-front front bench lint format formats context dataset messages clean

serve: .venv/.installed front  ## browse and query the shipped frameworks at http://127.0.0.1:8000
	$(BIN)/competency serve

test: .venv/.installed-dev     ## the tests, under five minutes on two cores
	$(BIN)/python -m pytest --quiet --numprocesses 2 -m "not slow"

test-slow: .venv/.installed-dev front
	$(BIN)/python -m pytest --quiet -m slow

front: server/static/built/editor.js   ## what comes from npm; pages work without it

server/static/built/editor.js: server/package.json server/package-lock.json $(wildcard server/front/*.js) | .venv/.installed
	@sh server/front/build.sh .venv

test-front: .venv/.installed   ## types and tests of server/front
	@sh server/front/build.sh .venv test

bench: .venv/.installed-dev    ## what pages, validation, mixed requests and suggestions cost; takes some minutes
	$(BIN)/python -m tests.bench.pages
	$(BIN)/python -m tests.bench.validation
	$(BIN)/python -m tests.bench.mixed
	$(BIN)/python -m tests.bench.align

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

formats: .venv/.installed      ## write the tables of docs/formats.md anew after a change of an exchange
	$(BIN)/python -c "from competency.exchange.documenting import write_page; write_page()"

messages: .venv/.installed     ## gather the messages of pages anew into server/messages/*.po
	$(BIN)/pybabel --quiet extract -F pyproject.toml -k N_ -k ngettext_noop:1,2 --sort-by-file --add-location=file -o .venv/messages.pot .
	$(BIN)/pybabel --quiet update -i .venv/messages.pot -l fr -o server/messages/fr.po --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date

.venv/.installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	touch $@

.venv/.installed-dev: .venv/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	touch $@

pictures: .venv/.installed-dev front   ## take the pictures of docs/tour.md anew; needs Chromium
	$(BIN)/python -m tests.browser.pictures

clean:
	rm -rf .venv dist build .mypy_cache .pytest_cache .ruff_cache server/node_modules server/static/built
