# Needed: make and Python 3.11 or newer with pip. Everything else is fetched into this folder on the first run.
PYTHON := $(firstword $(foreach found,python3.11 python3.12 python3.13 python3 python3.14 python, \
	$(shell $(found) -c 'import sys, venv, pip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo $(found))))
PIP = .venv/bin/python -m pip --disable-pip-version-check --quiet
CODE = $(wildcard isms assets risks training tests)
UV = uv==0.13.9
COMPILE = .cache/uv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-annotate --no-header --no-strip-extras

.DEFAULT_GOAL := help
.PHONY: help run setup test lint check-code check-layout check-types check-storeys check-templates bench screenshots texts lock clean moved

help:  ## say what there is
	@sed -n 's/^\([a-z]*\):.*## /make \1~/p' Makefile | awk -F'~' '{ printf "%-18s %s\n", $$1, $$2 }'
	@echo
	@echo 'make test REQUIRE=postgresql,chromium,data fails where one of the three was not used.'
	@if [ -x .venv/bin/isms ]; then .venv/bin/isms --help; else echo 'After make setup: .venv/bin/isms --help'; fi

run: .venv/ready  ## set up and serve the application with the demo office on http://127.0.0.1:8000
	@.venv/bin/isms serve --demo $(ARGS)

setup: .venv/ready  ## set up only: leaves .venv/bin/isms
	@echo '.venv/bin/isms is ready.'

test: .venv/ready-for-tests  ## set up, then run every check that this machine can run
	@failed=0; $(MAKE) --no-print-directory --keep-going lint || failed=1; \
	.venv/bin/python -m pytest --require=$(REQUIRE) $(ARGS) || failed=1; \
	if [ $$failed = 1 ]; then echo 'FAILED: something above is not in order.' >&2; fi; exit $$failed

lint: check-code check-layout check-types check-storeys check-templates  ## the checks that run nothing of the application

check-code: .venv/ready-for-tests
	.venv/bin/ruff check $(CODE) .ci

check-layout: .venv/ready-for-tests
	.venv/bin/ruff format --check $(CODE) .ci

check-types: .venv/ready-for-tests
	.venv/bin/python -m mypy $(CODE) .ci/wheel.py

check-storeys: .venv/ready-for-tests
	.venv/bin/lint-imports

check-templates: .venv/ready-for-tests
	.venv/bin/djlint --lint --quiet templates

bench: .venv/ready-for-tests  ## measure: pages, writes, search, imports, exports, start, memory
	@.venv/bin/python -m tests.bench $(ARGS)

screenshots: .venv/ready-for-tests  ## take the README's pictures anew on the demo office
	@.venv/bin/python -m tests.stories.screenshots $(ARGS)

texts: .venv/ready  ## bring new German texts into the English catalogue, where they wait for a translation
	@mkdir -p .cache
	@.venv/bin/pybabel --quiet extract -F pyproject.toml -k N_ --sort-output --no-location -o .cache/isms.pot \
		isms assets risks training templates
	@.venv/bin/pybabel update -i .cache/isms.pot -d isms/locale -D isms -l en --no-fuzzy-matching --ignore-obsolete \
		--omit-header

lock: .cache/uv/bin/uv  ## pin every dependency anew, with hashes and without the name of an index
	$(COMPILE) pyproject.toml -o requirements.lock
	$(COMPILE) -c requirements.lock --group build -o requirements-build.lock
	$(COMPILE) -c requirements.lock -c requirements-build.lock --extra test pyproject.toml -o requirements-test.lock
	$(COMPILE) --group node -o requirements-node.lock
	npm install --package-lock-only --omit-lockfile-registry-resolved --ignore-scripts --no-audit --no-fund

clean:  ## remove everything that set-up made; the data folder stays
	rm -rf .venv .cache isms/static/vendor .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache

# A virtual environment knows its folder: where that was renamed, it is made anew.
ifneq ($(shell cat .venv/home 2>/dev/null),$(CURDIR))
.venv/home: moved
endif

.venv/home:
	@test -n "$(PYTHON)" || { echo 'Python 3.11 or newer with pip is needed and was not found.' >&2; exit 1; }
	@echo 'Setting up with $(PYTHON) …'
	@rm -rf .venv
	@$(PYTHON) -m venv .venv >/dev/null 2>&1 || $(PYTHON) -m venv --clear --without-pip .venv
	@.venv/bin/python -c 'import pip' 2>/dev/null || \
		$(PYTHON) -m pip --python .venv/bin/python install --quiet --require-hashes -r requirements-build.lock
	@printf '%s\n' "$(CURDIR)" > .venv/home

.venv/ready: .venv/home requirements.lock requirements-build.lock pyproject.toml isms/static/vendor/manifest.json
	@$(PIP) install --require-hashes -r requirements.lock -r requirements-build.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

.venv/ready-for-tests: .venv/ready requirements-test.lock
	@$(PIP) install --require-hashes -r requirements-test.lock
	@touch $@

isms/static/vendor/manifest.json: package-lock.json isms/frontend.py | .venv/home
	@.venv/bin/python isms/frontend.py

.cache/uv/bin/uv:
	@$(PYTHON) -m venv .cache/uv
	@.cache/uv/bin/python -m pip install --disable-pip-version-check --quiet $(UV)
