# The commands people type. Each calls a script of the same name.
.DEFAULT_GOAL := help
.PHONY: help run test clients dev build check fuzz bench audit diagrams fonts fmt lint clean

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## install what is missing, build, and serve API and portal with demo data
	@scripts/run.sh

test: ## install what is missing, and run all that CI runs
	@scripts/test.sh

clients: ## have independent clients from npm and PyPI judge the API
	@scripts/clients.sh

dev: ## serve while you work: code and content are reloaded
	@scripts/dev.sh

build: ## build API and portal in release, as they are deployed
	@scripts/build.sh

check: ## report everything that is wrong with content/ (RECORD=1 adds new addresses)
	@scripts/check.sh

diagrams: ## draw the diagrams in content/ that are not drawn yet (ALL=1 draws all anew)
	@scripts/diagrams.sh

fuzz: ## fuzz the content pipeline, a minute for each target
	@scripts/fuzz.sh

bench: ## measure against nginx and oidc-provider in the same run; results in bench/
	@bench/run.sh
	@bench/api.sh
	@bench/market.sh
	@bench/portal.sh

audit: ## measure what we promise: Lighthouse, afdocs, weights, 10,000 pages; results in bench/
	@scripts/audit.sh

fonts: ## make public/fonts again from the full fonts
	@scripts/fonts.sh

fmt: ## format the code
	@cargo fmt --all

lint: ## clippy, as CI runs it
	@cargo clippy --workspace --all-targets --features app/ssr -- -D warnings

clean: ## remove what was built; tools stay
	@cargo clean
