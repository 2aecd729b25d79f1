# Two commands are enough: `make run` and `make test`. Each does all of its own set-up; `make help` lists the rest.
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.PHONY: help setup run test check fix migrate docs doctor styles prove

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
DEMO ?= yes
PORT ?= 8000
TESTS ?=

help: ## Show this list
	@sed -nE 's/^([a-z]+):.*## (.*)/  make \1\t\2/p' Makefile | expand -t 18

setup: $(STAMP) ## Make the virtual environment with the pinned packages

run: $(STAMP) ## Start the service with a demonstration (DEMO=no starts empty, PORT=8001 moves it)
	@exec $(BIN)/talent serve --port $(PORT) $(if $(filter-out no false 0 off,$(DEMO)),--demo,--no-demo)

test: $(STAMP) ## Run every test on a database of its own (TESTS=tests/house runs some)
	@$(BIN)/python -m pytest -n 2 --dist worksteal $(TESTS)

check: $(STAMP) ## Lint, types, floors, templates, migrations, catalogues, style sheets, generated papers
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/djlint --lint --quiet web/templates
	@$(BIN)/python -m talent.papers --check
	@rm -rf var/check && export TALENT_DATABASE_URL= TALENT_VAR_DIR=var/check && $(BIN)/talent migrate && $(BIN)/alembic check
	@$(BIN)/python -m web.catalogue check
	@if [ -d node_modules/sass ]; then npm run --silent check; else echo "Style sheets not checked: run 'npm ci' first."; fi

fix: $(STAMP) ## Lay out the code and mend what ruff can mend
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

migrate: $(STAMP) ## Bring the database of TALENT_DATABASE_URL, or the embedded one, to the newest schema
	@$(BIN)/talent migrate

docs: $(STAMP) ## Write docs/workflows.md and docs/permissions.md from the code
	@$(BIN)/python -m talent.papers

doctor: $(STAMP) ## Say in sentences what is wrong with this set-up
	@$(BIN)/talent doctor

styles: ## Compile the two style sheets (needs Node)
	@npm ci --silent && npm run --silent build

prove: $(STAMP) ## Measure every page on a demonstration of its own; above 50 ms median it fails
	@$(BIN)/python -m benchmarks.web_latency --limit 50
	@TALENT_PROVE=1 $(BIN)/python -m pytest -n 2 --dist worksteal tests/access tests/browser
	@TALENT_FAIL_AT_EACH_STATEMENT=1 $(BIN)/python -m pytest -n 2 tests/web
	@$(BIN)/python -m benchmarks.access
	@$(BIN)/python -m benchmarks.load --quick --webs 2
	@$(BIN)/python -m benchmarks.seats
	@$(BIN)/python -m benchmarks.ledger
	@$(BIN)/python -m benchmarks.register_import
	@$(BIN)/python -m benchmarks.training_gap

$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed. Name one: make PYTHON=python3.12" if sys.version_info < (3, 11) else 0)'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing the pinned packages into $(VENV) (two minutes, about 2 GB)"
	@$(BIN)/python -m pip install --disable-pip-version-check --no-input --progress-bar off -c constraints.txt -e '.[dev]' 2>&1 \
	    | tee $(VENV)/install.log \
	    | awk -v all="$$(grep -c == constraints.txt)" -v seen_by_a_person="$$([ -t 1 ] && echo 1)" '\
	        /^Collecting/ { n++; if (seen_by_a_person) printf "\r  found %d of about %d packages", n, all } \
	        /^Installing collected/ { printf "%s  installing %d packages          ", seen_by_a_person ? "\r" : "", n } \
	        { fflush() } END { print "" }' \
	    || { grep -E '^(ERROR|error)' $(VENV)/install.log >&2 || tail -20 $(VENV)/install.log >&2; exit 1; }
	@touch $(STAMP)
