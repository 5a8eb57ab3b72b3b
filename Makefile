# Muster's one-word commands. Each picks a JDK of version 25 or later by itself (scripts/find-jdk), and says what to
# install where it or Maven is missing.
.DEFAULT_GOAL := help
MVN = JAVA_HOME="$$(scripts/find-jdk)" "$$(scripts/find-maven)" -B -ntp

help: ## what can be asked for
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

check: ## format, warnings, house rules and every test; installs what the tests need
	@scripts/find-jdk >/dev/null
	@scripts/find-maven >/dev/null
	@scripts/install-test-tools
	$(MVN) spotless:check verify

fmt: ## put every file in the one format
	$(MVN) -q spotless:apply

build: ## compile and package, no tests
	$(MVN) -q -DskipTests package

sim: build-if-needed ## run simulations: make sim SEED=1 COUNT=2000
	@JAVA_HOME="$$(scripts/find-jdk)"; "$$JAVA_HOME/bin/java" -ea -XX:+UseSerialGC -Xmx2g -Dlogback.configurationFile=logback-quiet.xml \
	    -cp 'target/lib/*:target/evidence/*' io.muster.simulation.Seeds $(or $(SEED),1) $(or $(COUNT),$(if $(SEED),1,200))

# The readers and comparators that take text from outside, module:class#method. Jazzer fuzzes one method a run.
FUZZED = scanner/versions:VersionsFuzzTest\#any_three_texts_are_in_order \
    scanner/versions:VersionsFuzzTest\#any_text_is_a_package_url_that_reads_back_or_has_a_reason_why_not \
    scanner/advisories:AdvisoryFuzzTest\#any_json_is_a_record_that_can_be_asked_or_is_refused \
    scanner/advisories:AdvisoryFuzzTest\#any_yaml_is_a_record_that_can_be_asked_or_is_refused \
    scanner/manifests:ManifestsFuzzTest\#any_bytes_under_any_name_are_read_or_refused \
    scanner/reports:IgnoreFileFuzzTest\#any_text_is_a_set_of_rules_or_is_refused_with_a_reason

fuzz: ## hunt for inputs that break a reader or an order, at most two minutes each
	@for each in $(FUZZED); do \
	    echo "$$each"; \
	    JAZZER_FUZZ=1 $(MVN) -q test -pl "$${each%%:*}" -am -Dtest="$${each#*:}" \
	        -Dsurefire.failIfNoSpecifiedTests=false || exit 1; \
	done

nemesis: build-if-needed ## three real nodes in namespaces, in trouble: make nemesis SECONDS=300 SEED=1; takes root
	@scripts/nemesis $(or $(SECONDS),300) $(SEED)

# Scripts of further long trials against real processes that make nightly runs after its own, in this order. Each stops
# by itself and exits 0 when all is well.
NIGHTLY_TRIALS = scripts/nemesis

nightly: ## what takes hours: NIGHTLY_SEEDS (5000) seeds, the kill table from seed 1, the real store, fuzz, trials
	@NIGHTLY_SEEDS="$(or $(NIGHTLY_SEEDS),5000)" NIGHTLY_TRIALS="$(NIGHTLY_TRIALS)" scripts/nightly

build-if-needed:
	@./muster --version >/dev/null

clean: ## throw away what was built
	$(MVN) -q clean

.PHONY: help check fmt build fuzz sim nemesis nightly build-if-needed clean
