package io.muster.versions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParsedVersionTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
            SEMANTIC,  v3.1.0-rc.1,  3
            SEMANTIC,  0.3.1,        0
            SEMANTIC,  latest,       ''
            NUGET,     04.1,         4
            PYPI,      5.0rc1,       5
            PYPI,      1!5.0,        1!5
            PYPI,      5.0-x-y,      ''
            MAVEN,     2.3.Final,    2
            MAVEN,     r03,          ''
            RUBYGEMS,  6.1.0.rc1,    6
            RUBYGEMS,  0.0,          0
            PACKAGIST, v7.4,         7
            PACKAGIST, dev-main,     ''
            HACKAGE,   0.12,         0
            CRAN,      1-2,          1
            DEBIAN,    1:2.4-1,      1:2
            DEBIAN,    2.4-1,        2
            RPM,       1:2.4-1.el8,  1:2
            ALPINE,    3.2_rc1-r0,   3
            """)
    void the_major_is_the_first_number_behind_the_epoch(VersionOrder order, String text, String major) {
        var version = order.parse(text);

        assertThat(version.major()).isEqualTo(major);
        assertThat(version.text()).isEqualTo(text);
    }

    @Test
    void versions_of_different_orders_are_never_compared() {
        var semantic = VersionOrder.SEMANTIC.parse("1.0");
        var debian = VersionOrder.DEBIAN.parse("1.0");

        assertThatThrownBy(() -> semantic.compareTo(debian)).isInstanceOf(ClassCastException.class);
    }

    /// A deep recursion fails here, and whatever takes quadratic time keeps the build waiting for minutes.
    @Test
    void a_text_of_many_thousand_parts_is_read_and_compared() {
        for (VersionOrder order : VersionOrder.values()) {
            for (String piece : new String[] {"1.", "a1", "-", "1-a.", "_rc1", "~", "+a.1", "1-0.", "0"}) {
                String version = piece.repeat(50_000 / piece.length());

                assertThat(order.compare(version, version))
                        .as("%s of %s…", order, piece)
                        .isZero();
            }
        }
    }
}
