.DEFAULT_GOAL := help
PYTHON ?= python3

help:  ## Show this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

install:  ## Install Concord and everything a developer needs, at the versions of constraints.txt
	$(PYTHON) -m pip install -c constraints.txt -e ".[dev]" --config-settings editable_mode=strict

test:  ## Run the tests and the examples of the docstrings (a few minutes)
	$(PYTHON) -m pytest

test-slow:  ## Run the tests that prove whole plans or install from nothing (many minutes)
	$(PYTHON) -m pytest -m slow

lint:  ## Check style, types, layers and spelling
	ruff check .
	ruff format --check .
	mypy
	lint-imports
	git ls-files -z | xargs -0 codespell

format:  ## Put the code in order
	ruff check --fix .
	ruff format .

bench:  ## Measure building and solving; benchmarks/README.md says how to read the figures
	$(PYTHON) -m benchmarks.build_program
	$(PYTHON) -m benchmarks.solve
	$(PYTHON) -m benchmarks.export

images:  ## Draw the pictures of docs/images again (one default solve)
	$(PYTHON) docs/images/draw.py

ci:  ## Everything that a change must pass
	bash .ci/run

.PHONY: help install test test-slow lint format bench images ci
