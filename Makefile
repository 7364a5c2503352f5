# Two commands matter: make demo, make test. Nothing needs to be installed beside Java 17+, git, make, and Maven or JBang.
.DEFAULT_GOAL := help
.PHONY: help demo down test bench

help: ## this list
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

test: ## set everything up and run the tests; make test ONLY="gemini DoneGate" runs those that match
	@./jbang --quiet tests/tests.java $(ONLY)
