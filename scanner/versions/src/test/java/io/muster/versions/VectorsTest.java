package io.muster.versions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Our own cases, one file an order, in the published format: `A < B`. The files are the readable form of the rules.
class VectorsTest {

    private static final List<Ecosystem> ONE_OF_EACH_ORDER = List.of(
            Ecosystem.ALPINE,
            Ecosystem.CRAN,
            Ecosystem.DEBIAN,
            Ecosystem.HACKAGE,
            Ecosystem.MAVEN,
            Ecosystem.NPM,
            Ecosystem.NUGET,
            Ecosystem.PACKAGIST,
            Ecosystem.PUB,
            Ecosystem.PYPI,
            Ecosystem.RED_HAT,
            Ecosystem.RUBYGEMS);

    @TestFactory
    Stream<DynamicTest> every_order_agrees_with_its_rules() {
        return ONE_OF_EACH_ORDER.stream().flatMap(ecosystem -> {
            var order = VersionOrder.of(ecosystem).orElseThrow();
            return cases(ecosystem).stream()
                    .map(line -> dynamicTest(ecosystem + ": " + line, () -> holds(order, line)));
        });
    }

    @Test
    void every_order_has_its_file_of_rules() {
        var covered = ONE_OF_EACH_ORDER.stream()
                .map(ecosystem -> VersionOrder.of(ecosystem).orElseThrow())
                .toList();

        assertThat(covered).containsExactlyInAnyOrder(VersionOrder.values());
    }

    private static void holds(VersionOrder order, String line) {
        String[] parts = line.split(" ", 3);

        int forth = order.compare(parts[0], parts[2]);
        int back = order.compare(parts[2], parts[0]);

        assertThat(sign(forth)).as(line).isEqualTo(parts[1]);
        assertThat(sign(-back)).as("%s, reversed", line).isEqualTo(parts[1]);
    }

    private static String sign(int order) {
        return order < 0 ? "<" : order > 0 ? ">" : "=";
    }

    private static List<String> cases(Ecosystem ecosystem) {
        String name = ecosystem.equals(Ecosystem.NPM)
                ? "semver"
                : ecosystem.name().toLowerCase(Locale.ROOT).replace(" ", "");
        var cases = new ArrayList<String>();
        try (var file = VectorsTest.class.getResourceAsStream("/vectors/" + name + "-versions.txt")) {
            var text = new String(Objects.requireNonNull(file, name).readAllBytes(), StandardCharsets.UTF_8);
            text.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(cases::add);
        } catch (IOException unreadable) {
            throw new AssertionError("cannot read the cases of " + name, unreadable);
        }
        return cases;
    }
}
