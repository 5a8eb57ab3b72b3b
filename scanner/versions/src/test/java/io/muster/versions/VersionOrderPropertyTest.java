package io.muster.versions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VersionOrderPropertyTest {

    private static final int ROUNDS = 40;
    private static final int VERSIONS = 24;

    @ParameterizedTest
    @EnumSource
    void any_texts_are_in_one_total_antisymmetric_and_transitive_order(VersionOrder order) {
        var versions = new RandomVersions(RandomVersions.seed());

        for (int round = 0; round < ROUNDS; round++) {
            var sample = sample(versions, order);
            for (var a : sample) {
                for (var b : sample) {
                    assertAntisymmetric(a, b);
                    sample.forEach(c -> assertTransitive(a, b, c));
                }
            }
        }
    }

    /// Packagist's `#` equals every number: the one word outside the promise, see [PackagistVersion].
    private static List<ParsedVersion> sample(RandomVersions versions, VersionOrder order) {
        var sample = new ArrayList<ParsedVersion>();
        while (sample.size() < VERSIONS) {
            String version = versions.next();
            if (order != VersionOrder.PACKAGIST || version.indexOf('#') < 0) {
                sample.add(order.parse(version));
            }
        }
        return sample;
    }

    private static void assertAntisymmetric(ParsedVersion a, ParsedVersion b) {
        if (Integer.signum(a.compareTo(b)) != -Integer.signum(b.compareTo(a))) {
            assertThat(a.compareTo(b)).as("'%s' and '%s'", a.text(), b.text()).isEqualTo(-b.compareTo(a));
        }
    }

    private static void assertTransitive(ParsedVersion a, ParsedVersion b, ParsedVersion c) {
        int ab = a.compareTo(b);
        int bc = b.compareTo(c);
        int ac = a.compareTo(c);
        boolean holds = ab > 0 || bc > 0 || (ab == 0 && bc == 0 ? ac == 0 : ac < 0);
        if (!holds) {
            assertThat(List.of(a.text(), b.text(), c.text()))
                    .as("a, b, c with a:b %d, b:c %d, a:c %d", ab, bc, ac)
                    .isEmpty();
        }
    }
}
