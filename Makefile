# Hefa 核发. `make` lists the targets; `make run` and `make test` are all that a fresh machine with Go, Node.js and npm needs.

SHELL      := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

GO       ?= go
STAMPS   := .cache
NPM      := node_modules/.package-lock.json
FRONT    := $(shell find front -type f -not -path '*/node_modules/*' 2>/dev/null)
VERSION  := $(shell git describe --tags --always --dirty 2>/dev/null || echo unknown)
BUILD    := CGO_ENABLED=0 $(GO) build -trimpath -ldflags '-s -w -X main.version=$(VERSION)'
# What `make run` adds to the command line, such as FLAGS='--today 2020-04-01'.
FLAGS    ?=

.PHONY: help
help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 16

.PHONY: run
run: build ## build, then serve the demonstration county at http://127.0.0.1:8080
	exec bin/hefa serve --demo --data data/demo $(FLAGS)

.PHONY: build
build: assets fonts ## write one static bin/hefa
	$(BUILD) -o bin/hefa ./cmd/hefa

.PHONY: assets
assets: $(STAMPS)/assets ## compile styles and scripts into internal/look/assets

$(NPM): package.json package-lock.json
	npm ci --no-audit --no-fund --loglevel=error
	@touch $@

$(STAMPS)/assets: $(NPM) $(FRONT)
	npm run --silent build
	@mkdir -p $(STAMPS) && touch $@

.PHONY: fonts
fonts: $(NPM) ## bring the fonts of the papers into internal/paper/fonts and bin/fonts; what is there stays
	@bash scripts/fonts.sh

.PHONY: generate
generate: ## write the Go of the templates
	$(GO) tool templ generate

.PHONY: check
check: assets fonts ## format, vet, staticcheck, fresh generated files, house tests
	bash scripts/test.sh check

.PHONY: test
test: ## install what the tests need, then run everything on SQLite and PostgreSQL and in Chromium
	bash scripts/setup.sh
	@$(MAKE) --no-print-directory build
	bash scripts/test.sh all

.PHONY: e2e
e2e: build ## browser journeys with axe
	bash scripts/test.sh e2e

.PHONY: faults
faults: build ## the long forms of test/faults: kills, cuts and damage, with what was lost
	bash scripts/test.sh faults

.PHONY: bench
bench: build ## speed of imports, pages and searches on this machine, on both engines
	bash scripts/bench.sh

.PHONY: bench-pages
bench-pages: build ## weight of the pages and how soon a slow PC shows them
	node e2e/pages.mjs

.PHONY: pages
pages: build ## axe and the Nu checker on every page and the empty form of each, for every account
	node --test e2e/every_page.mjs

.PHONY: walkthrough
walkthrough: build ## pictures of docs/walkthrough.zh-CN.md
	node e2e/walkthrough.mjs

.PHONY: release
release: assets fonts ## static programs for amd64, arm64 and loong64 in bin/release
	@mkdir -p bin/release
	for arch in amd64 arm64 loong64; do GOOS=linux GOARCH=$$arch $(BUILD) -o bin/release/hefa-linux-$$arch ./cmd/hefa; done
	[ ! -d bin/fonts ] || cp -r bin/fonts bin/release/
	@cd bin/release && sha256sum hefa-linux-* >SHA256SUMS && ls -l hefa-linux-* | awk '{ printf "%s %.1f MB\n", $$9, $$5/1e6 }'

.PHONY: clean
clean: ## remove what was built; the data stays
	rm -rf bin node_modules test-results
	find .cache -mindepth 1 -maxdepth 1 -not -name pg -exec rm -rf {} + 2>/dev/null || true
	find internal/look/assets internal/paper/fonts -mindepth 1 -not -name README.md -delete 2>/dev/null || true
