# Everything that a person does here. `make demo` shows what schemavet is for, `make test` proves it.

CARGO ?= cargo
RUN = $(CARGO) run --quiet --
# Drifts that the demo and the picture show: files of fixtures/<system>/drift.
DEMO = dropped_index row_security_disabled changed_default hotfix_column
PICTURE = widened_column dropped_index weakened_policy disabled_trigger hotfix_column
applied = $(foreach drift,$(2),--apply fixtures/$(1)/drift/$(drift).sql)

.PHONY: demo test test-matrix regression-database check docs docs-check systems picture bench recipes accept fmt tools

## Build, validate StreamTrack against its spec, then show a drifted one.
demo: tools
	@$(CARGO) build --quiet
	@echo '$$ schemavet validate specs/streamtrack.yaml --database fixtures/streamtrack'
	@$(RUN) validate specs/streamtrack.yaml --database fixtures/streamtrack
	@echo
	@echo '$$ schemavet validate specs/streamtrack.yaml --database fixtures/streamtrack $(call applied,streamtrack,$(DEMO))'
	@code=0; $(RUN) validate specs/streamtrack.yaml --database fixtures/streamtrack \
	  $(call applied,streamtrack,$(DEMO)) || code=$$?; \
	  echo "exit code $$code"; test $$code -eq 1

## Run every test; they start their own PostgreSQL.
test: tools
	$(CARGO) test

## Run what depends on the server against every supported version; fetches those that are not installed (npm). What stands on
## the fixtures runs from 15 on, as they do.
test-matrix: tools
	@set -e; servers=$$(sh tools/postgres-servers.sh); \
	  export SCHEMAVET_TEST_PG_BINS=$$(echo "$$servers" | paste -sd :); \
	  $(CARGO) test --test floors --test equivalence --test one_change --test expressions; \
	  for server in $$servers; do echo "== $$server"; \
	    case $$server in */1[34]/*) of_fixtures=;; *) of_fixtures='--test diff --test information_schema --test systems';; esac; \
	    SCHEMAVET_PG_BIN=$$server $(CARGO) test --quiet --test one_change --test expressions --test injection --test names --test spellings \
	      --test rewrite_rules --test bodies --test alters --test as_written --test elsewhere --test partitions \
	      --test renames --test roles $$of_fixtures; done

## Hold the laws against PostgreSQL's own regression database, whose sources are fetched (Debian, Ubuntu).
regression-database: tools
	sources=$$(sh tools/regression-database.sh) && SCHEMAVET_REGRESSION_SOURCES=$$sources \
	  $(CARGO) test --test regression -- --ignored --nocapture

## What has to hold before a change goes in.
check: tools
	$(CARGO) fmt --check
	$(CARGO) clippy --all-targets -- -D warnings
	$(MAKE) docs-check
	$(MAKE) test

## Write the generated pages again.
docs:
	$(RUN) explain --markdown > docs/rules.md
	$(RUN) explain --coverage > docs/coverage.md
	$(RUN) schema > docs/spec.schema.json

## Fail where a generated page is not what the program would write.
docs-check:
	@$(RUN) explain --markdown | diff -u docs/rules.md - || { echo 'docs/rules.md is stale: run make docs' >&2; exit 1; }
	@$(RUN) explain --coverage | diff -u docs/coverage.md - || { echo 'docs/coverage.md is stale: run make docs' >&2; exit 1; }
	@$(RUN) schema | diff -u docs/spec.schema.json - || { echo 'docs/spec.schema.json is stale: run make docs' >&2; exit 1; }

## Validate the real systems and their drifts, and write docs/systems.md and the stored reports of the drifts again.
systems: tools
	SCHEMAVET_ACCEPT=1 $(CARGO) test --quiet --test systems every_drift_is_found_and_nothing_else
	@tail -n +9 docs/systems.md

## Draw the README's picture again, from the real output.
picture: tools
	$(RUN) --color always validate specs/pixcrawler.yaml --database fixtures/pixcrawler \
	  $(call applied,pixcrawler,$(PICTURE)) | $(CARGO) run --quiet --example picture > docs/report.svg

## Measure against pg_dump and the floor, and the deciding of expressions; takes some minutes.
bench: tools
	@$(CARGO) bench --quiet --no-run && mkdir -p target
	@{ set -e; echo '# Performance'; echo; $(CARGO) bench --quiet --bench schemas -- --full; \
	  $(CARGO) bench --quiet --bench expressions; } > target/performance.md
	@cp target/performance.md docs/performance.md && cat docs/performance.md

## Run the recipes of docs/recipes.md with the real tools, which it fetches; needs a network and some minutes.
recipes: tools
	@$(CARGO) build --quiet
	@SCHEMAVET=$${SCHEMAVET:-$(CURDIR)/target/debug/schemavet} sh docs/recipes/run-all.sh

## Accept changed snapshots of tests.
accept:
	INSTA_UPDATE=always SCHEMAVET_ACCEPT=1 $(CARGO) test

fmt:
	$(CARGO) fmt

## What a fresh machine may lack: a C compiler for TLS, and the server binaries of PostgreSQL.
tools:
	@command -v $(firstword $(CARGO)) >/dev/null || { echo 'cargo is missing: install Rust from https://rustup.rs' >&2; exit 1; }
	@sh tools/install-missing.sh
