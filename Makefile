# Two commands matter: make demo, make test. Nothing needs to be installed beside Java 17+, git, make, and Maven or JBang.
.DEFAULT_GOAL := help
.PHONY: help demo down test lint bench mutants docs recording release

# In the POSIX locale, as many containers have it, Java 17 cannot name files beyond ASCII.
ifeq ($(shell locale charmap 2>/dev/null),ANSI_X3.4-1968)
export LC_ALL := C.UTF-8
endif

help: ## this list
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: ## set everything up and watch PA drive a worker to verified work: a rehearsal, no key and no model
	@stack/demo

down: ## end what demo started; its data stays (remove it with ./jbang stack down -v)
	@./jbang --quiet stack down

test: ## set everything up and run the tests; make test ONLY="gemini Supervisor" runs those that match
	@tests/run $(ONLY)

lint: ## check style, defects, scripts and the page's JavaScript: Checkstyle, Error Prone, NullAway, shellcheck, node
	@./jbang --quiet .ci/lint/Lint.java .

bench: ## measure start, overhead and throughput, and print tables; make bench ONLY="compose start" prints those
	@./jbang --quiet tests/bench.java $(ONLY)

mutants: ## mutation tests (PIT) of agent, display, journal, reasoning, verdict; ONLY="cli" tries any room, CLASS="Usd" a class
	@./jbang --quiet tests/mutants.java $(ONLY) $(CLASS)

docs: ## write docs/pa.md anew from the program's own help
	@mkdir -p build && ./jbang --quiet tests/manual.java > build/pa.md && mv build/pa.md docs/pa.md

recording: ## make docs/run.svg anew from a rehearsal, as it runs
	@./jbang --quiet docs/Recording.java docs/run.svg

release: ## check that version, tag and CHANGELOG agree, and write what is published to build/release
	@.ci/release
