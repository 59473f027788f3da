# Five verbs.  `make run` and `make test` are all that a new machine needs;
# both make their environment in .venv first.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
HOST ?= 127.0.0.1
PORT ?= 8000
# As many tests at once as there are cores; what one file makes stays with one process.
PYTEST := $(BIN)/python -m pytest -n auto --dist loadfile
CATALOGUES := $(wildcard locale/*/LC_MESSAGES/django.po)

.PHONY: setup run test lint clean

setup: .venv/.installed $(CATALOGUES:.po=.mo)

run: setup
	$(MANAGE) migrate --verbosity 0
	$(MANAGE) collectstatic --noinput --verbosity 0
	$(MANAGE) load_topics
	$(MANAGE) import_dumps fixtures/dumps
	$(MANAGE) create_first_editor
	@echo "Yuelan is at http://$(HOST):$(PORT) (stop it with Ctrl-C)"
	$(BIN)/granian --interface wsgi --host $(HOST) --port $(PORT) --workers 2 --blocking-threads 4 --log-level warning portal.wsgi:application

# Everything on SQLite, then everything that touches a database on PostgreSQL.
# tests/dump is pure Python: it has no database to differ on.  Neither has what is marked
# one_engine: how pages look and behave in a browser, and what other programs (epubcheck,
# the W3C's checker) say of our files.  Editing, searching and importing are asked of both.
test: setup .venv/.installed-test
	$(BIN)/python -m tests.chromium
	$(PYTEST)
	$(BIN)/python -m tests.with_postgres $(PYTEST) --ignore tests/dump -m "not one_engine"

lint: setup .venv/.installed-test .venv/.installed-lint
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy articles/dump articles/importing articles/search/query.py
	$(MANAGE) makemigrations --check --dry-run

clean:
	rm -rf .venv var

.venv/.installed: pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Yuelan needs Python 3.11 or newer; set PYTHON=/path/to/python3.11")'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	touch $@

.venv/.installed-%: .venv/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[$*]'
	touch $@

%.mo: %.po .venv/.installed
	$(BIN)/pybabel --quiet compile --input-file $< --output-file $@
