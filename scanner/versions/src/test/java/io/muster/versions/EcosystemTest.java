package io.muster.versions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EcosystemTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
            npm,                                 npm,      ''
            Debian:12,                           Debian,   12
            Ubuntu:22.04:LTS,                    Ubuntu,   22.04:LTS
            Maven:https://repo.example.org/all,  Maven,    https://repo.example.org/all
            Atlantis,                            Atlantis, ''
            """)
    void only_the_first_colon_parts_the_name_from_the_suffix(String text, String name, String suffix) {
        var ecosystem = Ecosystem.parse(text);

        assertThat(ecosystem).isEqualTo(new Ecosystem(name, suffix)).hasToString(text);
    }

    @Test
    void releases_of_one_distribution_are_of_one_kind() {
        var bookworm = Ecosystem.parse("Debian:12");

        assertThat(bookworm).isNotEqualTo(Ecosystem.DEBIAN);
        assertThat(bookworm.withoutSuffix()).isEqualTo(Ecosystem.DEBIAN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ":12"})
    void an_ecosystem_without_a_name_is_refused(String text) {
        assertThatThrownBy(() -> Ecosystem.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void every_release_of_an_ecosystem_has_the_same_order() {
        assertThat(VersionOrder.of(Ecosystem.parse("Alpine:v3.19"))).contains(VersionOrder.ALPINE);
    }

    @Test
    void an_unknown_ecosystem_has_no_order() {
        assertThat(VersionOrder.of(Ecosystem.parse("Atlantis"))).isEmpty();
    }
}
