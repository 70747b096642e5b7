SHELL := bash
PYTHON := .venv/bin/python
SAMPLE := resources/samples/broadband.jmap
CODE := app tests benchmarks tools
ROOMS_MEASURED := model files layout export

.DEFAULT_GOAL := help
.PHONY: run test bench torture lint format lock wheel freeze clean help setup setup-test types unit

run: setup ## Open the first sample; without a display, draw it into build/
	@if [ -n "$${DISPLAY:-}$${WAYLAND_DISPLAY:-}" ]; then \
		$(PYTHON) -m app $(SAMPLE); \
	else \
		mkdir -p build && \
		$(PYTHON) -m app export $(SAMPLE) -o build/broadband.pdf && \
		$(PYTHON) -m app export $(SAMPLE) -o build/broadband.png && \
		echo "No display: the sample is drawn in build/broadband.pdf and build/broadband.png"; \
	fi

test: lint types unit ## Lint, types and all tests with their coverage floors

bench: setup-test ## Run the benchmarks; BENCH="pdf start" picks some
	@$(PYTHON) -m benchmarks.run $(BENCH)

torture: setup-test ## Run the tortures at full count, half an hour; TORTURE="save salvage" picks some
	@nice $(PYTHON) -m benchmarks.run --torture $(TORTURE)

lint: setup-test ## Check style and form
	@$(PYTHON) -m ruff check $(CODE)
	@$(PYTHON) -m ruff format --check $(CODE)

types: setup-test ## Check types
	@$(PYTHON) -m mypy

unit: setup-test ## Run all tests with their coverage floors
	@$(PYTHON) -m pytest --cov --cov-report=
	@for room in $(ROOMS_MEASURED); do \
		printf 'Coverage of app/%s, %%: ' $$room; \
		$(PYTHON) -m coverage report --include="app/$$room/*" --format=total --fail-under=90 || failed=1; \
	done; [ -z "$${failed:-}" ]

format: setup-test ## Put code into form
	@$(PYTHON) -m ruff check --fix-only $(CODE)
	@$(PYTHON) -m ruff format $(CODE)

lock: setup-test ## Choose the newest allowed dependencies anew
	@$(PYTHON) -m pip install --quiet uv
	@$(PYTHON) -m uv pip compile pyproject.toml --quiet --no-config --upgrade --universal --all-extras --generate-hashes \
		--no-header --no-annotate --no-emit-index-url --no-emit-find-links --output-file requirements.lock

wheel: setup ## Build the wheel into dist/
	@$(PYTHON) -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .

freeze: setup ## Build the program with its own Python into dist/journeymapper/
	@$(PYTHON) -m PyInstaller --noconfirm --log-level WARN --workpath build/freeze journeymapper.spec
	@dist/journeymapper/journeymapper export $(SAMPLE) -o build/frozen.pdf # it must find its fonts and icons

clean: ## Remove what was built; the environment in .venv stays
	@rm -rf build dist htmlcov .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache
	@find $(CODE) -name __pycache__ -type d -prune -exec rm -rf {} +

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile

setup:
	@tools/setup.sh

setup-test:
	@tools/setup.sh test
