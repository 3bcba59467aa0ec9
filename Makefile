# Everything a developer, an operator or CI does with this repository. `make help` lists the targets.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

# The flag set is the same for every debug build: changing it rebuilds all dependencies. It makes an import that Package.swift does not
# declare an error; without it such an import builds silently.
SWIFT_FLAGS := --explicit-target-dependency-import-check error
# All tests at once starve those that wait for a server in real time; a few at a time keep both cores busy and end sooner.
TEST_FLAGS := $(SWIFT_FLAGS) --experimental-maximum-parallelization-width 4
RELEASE_FLAGS := $(SWIFT_FLAGS) -c release --static-swift-stdlib
PREFIX ?= /usr/local
SYSCONFDIR ?= /etc
UNITDIR ?= $(PREFIX)/lib/systemd/system
SOURCES := Package.swift Sources Tests

.PHONY: help
help: ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

.PHONY: packages
packages: ## install the Debian packages that building needs (nothing when they are there)
	@scripts/install-packages

.PHONY: build
build: packages ## debug build of everything
	swift build $(SWIFT_FLAGS)

.PHONY: demo
demo: build ## a simulated province, the daemon and the main job in one go; ONCE=1 ends by itself
	ONCE=$(ONCE) scripts/demo

.PHONY: test
test: packages ## all tests that need no server, and the demo once
	swift build $(SWIFT_FLAGS) --build-tests
	swift test $(TEST_FLAGS) --skip-build
	ONCE=1 scripts/demo

.PHONY: check
check: packages ## format, lint, warnings, import check, documented paths, sample configurations, unit file
	swift format lint --strict --recursive $(SOURCES)
	scripts/check-house-style
	scripts/check-doc-paths
	swift build $(SWIFT_FLAGS) --build-tests
	.build/debug/dondoc config check config
	scripts/check-demo-configuration
	scripts/check-unit

.PHONY: format
format: ## rewrite all Swift files in the house format
	swift format --in-place --recursive $(SOURCES)

.PHONY: golden
golden: packages ## rewrite the golden files that tests compare with; review the diff
	UPDATE_GOLDEN=1 swift test $(TEST_FLAGS)

.PHONY: bench
bench: release ## benchmarks; compare ratios within one run, machines differ
	scripts/bench

.PHONY: bench-scale
bench-scale: release ## growth over years beside VictoriaMetrics (AGENCIES=300 MEASURES=10 YEARS=10)
	scripts/bench-scale $(or $(AGENCIES),300) $(or $(MEASURES),10) $(or $(YEARS),10)

.PHONY: system-test
system-test: build ## tests against real servers on loopback, installed from Debian
	scripts/system-test
	scripts/system-test-metrics
	scripts/system-test-keeping
	scripts/system-test-import
	scripts/system-test-ways
	scripts/system-test-mail
	scripts/system-test-push
	scripts/system-test-push-clients

.PHONY: system-test-systemd
system-test-systemd: release ## the unit under a real systemd in a container; needs root and a Debian mirror
	scripts/system-test-systemd

.PHONY: release
release: packages ## optimised binaries with the Swift runtime inside
	swift build $(RELEASE_FLAGS) --product dondocd
	swift build $(RELEASE_FLAGS) --product dondoc
	swift build $(RELEASE_FLAGS) --product dondoc-province
	swift build $(RELEASE_FLAGS) --product dondoc-bench

.PHONY: install
install: ## install the release binaries, the unit and, where there is none yet, the sample configuration (DESTDIR=, PREFIX=)
	DESTDIR="$(DESTDIR)" PREFIX="$(PREFIX)" SYSCONFDIR="$(SYSCONFDIR)" UNITDIR="$(UNITDIR)" scripts/install

.PHONY: uninstall
uninstall: ## remove what install put there; configuration and data stay
	DESTDIR="$(DESTDIR)" PREFIX="$(PREFIX)" UNITDIR="$(UNITDIR)" scripts/uninstall
