# Each target first prepares what it needs (deploy/prepare.sh); from the second start on that is instant.
.PHONY: run console demo test soak chaos raster check format lint types imports qmllint bench measure ready-run ready-dev
.NOTPARALLEL:

PYTHON := .venv/bin/python

run: ready-run
	@$(PYTHON) main.py

console: ready-run
	@$(PYTHON) main.py console

demo: ready-run
	@test -n "$(ANSWERS)" && test -n "$(OUT)" || { echo "Type: make demo ANSWERS=file.toml OUT=folder"; exit 2; }
	@$(PYTHON) main.py demo --answers "$(ANSWERS)" --out "$(OUT)"

test: ready-dev
	@$(PYTHON) -m pytest -n auto

soak: ready-dev
	@$(PYTHON) -m pytest -q -s tests/e2e/soak.py

chaos: ready-dev
	@$(PYTHON) -m pytest -q -s $(wildcard tests/chaos/long_*.py)

raster: ready-dev
	@$(PYTHON) -m pytest -q -s tests/printing/raster_matrix.py

check: format lint types imports qmllint test

format: ready-dev
	$(PYTHON) -m ruff format --check

lint: ready-dev
	$(PYTHON) -m ruff check

types: ready-dev
	$(PYTHON) -m mypy

imports: ready-dev
	.venv/bin/lint-imports

qmllint: ready-dev
	.ci/qmllint

bench: ready-dev
	@$(PYTHON) tests/bench/run.py

measure: ready-dev
	@PYTHONPATH=.:tests:tests/printing:tests/bench $(PYTHON) tests/bench/measure_hands.py

ready-run:
	@deploy/prepare.sh run

ready-dev:
	@deploy/prepare.sh dev
