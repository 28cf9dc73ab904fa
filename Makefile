# make serve and make test do all their own set-up; they need Python 3.11 or newer, make and git.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin

.PHONY: fuzz pictures serve test test-slow test-front front bench bench-more soak lint format formats context dataset messages clean

serve: .venv/.installed front  ## browse and query the shipped frameworks at http://127.0.0.1:8000; PORT=8080 for another
	$(BIN)/competency serve $(if $(PORT),--port $(PORT))

test: .venv/.installed-dev     ## the tests, under five minutes on two cores
	$(BIN)/python -m pytest --quiet --numprocesses 2 -m "not slow"

test-slow: .venv/.installed-dev front  ## those that take long; what must not be disturbed runs alone
	$(BIN)/python -m pytest --quiet --numprocesses 2 --dist loadscope -m "slow and not alone"
	$(BIN)/python -m pytest --quiet -m "slow and alone"

front: server/static/built/editor.js   ## what comes from npm; pages work without it

server/static/built/editor.js: server/package.json server/package-lock.json $(wildcard server/front/*.js) | .venv/.installed
	@sh server/front/build.sh .venv

test-front: .venv/.installed   ## types and tests of server/front
	@sh server/front/build.sh .venv test

bench: .venv/.installed-dev    ## measure at four sizes beside other engines, write docs/benchmarks.md; an hour
	$(BIN)/python -m tests.bench

bench-more: .venv/.installed-dev   ## what types of pages, validation, mixed requests and suggestions cost
	$(BIN)/python -m tests.bench.pages
	$(BIN)/python -m tests.bench.validation
	$(BIN)/python -m tests.bench.mixed
	$(BIN)/python -m tests.bench.align

soak: .venv/.installed-dev     ## everything at once against one server; MINUTES=2 for a short run
	$(BIN)/python -m tests.soak --minutes $(or $(MINUTES),20) --seed $(or $(SEED),1)

fuzz: .venv/.installed-dev     ## made-up requests and files; MINUTES=60 for longer, TARGETS="..." for some
	$(BIN)/python -m tests.fuzz --minutes $(or $(MINUTES),10) $(TARGETS)

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
	rm -rf .venv dist build .mypy_cache .pytest_cache .ruff_cache server/node_modules server/static/built .fuzz
