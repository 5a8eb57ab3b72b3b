# Muster's one-word commands. Each picks a JDK of version 25 or later by itself (scripts/find-jdk).
.DEFAULT_GOAL := help
MVN = JAVA_HOME="$$(scripts/find-jdk)" mvn -B -ntp -Dstyle.color=never

help: ## what can be asked for
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

check: ## format, warnings, house rules and every test; installs what the tests need
	@scripts/find-jdk >/dev/null
	@scripts/install-test-tools
	$(MVN) spotless:check verify

fmt: ## put every file in the one format
	$(MVN) -q spotless:apply

build: ## compile and package, no tests
	$(MVN) -q -DskipTests package

sim: build-if-needed ## run simulations: make sim SEED=1 COUNT=2000
	@JAVA_HOME="$$(scripts/find-jdk)"; "$$JAVA_HOME/bin/java" -ea -XX:+UseSerialGC -Xmx2g -Dlogback.configurationFile=logback-quiet.xml \
	    -cp 'target/lib/*' io.muster.simulation.Seeds $(or $(SEED),1) $(or $(COUNT),$(if $(SEED),1,200))

build-if-needed:
	@./muster --version >/dev/null

clean: ## throw away what was built
	$(MVN) -q clean

.PHONY: help check fmt build sim build-if-needed clean
