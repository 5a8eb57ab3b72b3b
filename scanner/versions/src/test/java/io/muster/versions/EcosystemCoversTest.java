package io.muster.versions;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EcosystemCoversTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
            Debian,              Debian:12
            Debian:12,           Debian:12
            Debian:12,           Debian
            Debian:bookworm,     Debian:12
            Debian:unstable,     Debian:sid
            Ubuntu:24.04,        Ubuntu:24.04:LTS
            Ubuntu:noble,        Ubuntu:24.04:LTS
            Ubuntu:24.04:LTS,    Ubuntu:24.04
            Ubuntu:18.04,        Ubuntu:Pro:18.04:LTS
            Alpine:3.19,         Alpine:v3.19
            AlmaLinux:9.2,       AlmaLinux:9
            Rocky Linux:8.6,     Rocky Linux:8
            Red Hat:9.2,         Red Hat:enterprise_linux:9::appstream
            Red Hat:9,           Red Hat:enterprise_linux:9::baseos
            SUSE:15.5,           SUSE:Linux Enterprise Server 15 SP5
            SUSE:15 SP5,         SUSE:Linux Enterprise Server 15 SP5
            SUSE:16.0,           SUSE:Linux Enterprise Server 16.0
            SUSE:Linux Enterprise Micro 6.0, SUSE:SUSE Linux Micro 6.0
            Red Hat:el9,         Red Hat:enterprise_linux:9::baseos
            Debian:12 (bookworm), Debian:12
            Ubuntu:resolute,     Ubuntu:26.04:LTS
            SUSE:Linux Enterprise Server 15 SP5, SUSE:Linux Enterprise Module for Basesystem 15 SP5
            SUSE:Linux Enterprise Server 15 SP3, SUSE:Linux Enterprise Server 15 SP3-LTSS
            openSUSE:leap 15.5,  openSUSE:Leap 15.5
            openEuler:22.03LTS_SP3, openEuler:22.03-LTS-SP3
            openEuler:22.03,     openEuler:22.03-LTS
            openEuler:22.03,     openEuler:22.03-LTS-SP1
            Photon OS:5,         Photon OS:5.0
            Mageia:9,            Mageia:9
            Wolfi:20230201,      Wolfi
            Maven,               Maven:https://maven.example.org
            """)
    void a_release_is_known_however_it_is_written(String asked, String told) {
        assertThat(Ecosystem.parse(asked).covers(Ecosystem.parse(told))).isTrue();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            Debian:12,           Debian:13
            Debian:sid,          Debian:12
            Debian:nobody,       Debian:12
            Debian:12,           Ubuntu:12
            Ubuntu:24.04,        Ubuntu:24.10
            Ubuntu:24.04,        Ubuntu:Pro:FIPS:24.04:LTS
            Alpine:edge,         Alpine:v3.19
            Alpine:v3.1,         Alpine:v3.19
            Red Hat:9,           Red Hat:enterprise_linux:8::baseos
            Red Hat:9,           Red Hat:rhel_eus:9.2::baseos
            SUSE:Linux Enterprise Server 15 SP5, SUSE:Linux Enterprise Server 15 SP4
            SUSE:Linux Enterprise Server 15 SP5, SUSE:Linux Enterprise Micro 5.5
            openSUSE:Leap 15.5,  openSUSE:Tumbleweed
            openEuler:22.03,     openEuler:24.03-LTS
            openEuler:22.0,      openEuler:22.03-LTS
            openEuler:22.03-LTS, openEuler:22.03-LTS-SP1
            Maven:https://maven.example.org, Maven
            Packagist:drupal,    Packagist:other
            """)
    void another_release_is_not_covered_and_an_unknown_one_is_not_every_one(String asked, String told) {
        assertThat(Ecosystem.parse(asked).covers(Ecosystem.parse(told))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            Go,   github.com/acme/goutils,  github.com/Acme/goUtils, true
            Go,   github.com/Acme/goUtils,  github.com/acme/goutils, true
            Go,   github.com/Acme/goUtils,  github.com/Acme/Goutils, false
            SwiftURL, github.com/Acme/Net,  github.com/acme/net,     true
            npm,  JSONStream,               jsonstream,              false
            Maven, org.acme:Probe,          org.acme:probe,          false
            PyPI, Probe_Lib,                probe.lib,               true
            """)
    void case_counts_where_a_registry_counts_it(String ecosystem, String asked, String told, boolean covers) {
        var kind = Ecosystem.parse(ecosystem);
        var name = new PackageName(kind, asked);
        var other = new PackageName(kind, told);

        assertThat(name.covers(other)).isEqualTo(covers);
        assertThat(!covers || name.lookupKey().equals(other.lookupKey()))
                .as("found by its key")
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            npm,        npm
            NPM,        npm
            pypi,       PyPI
            crates.io,  crates.io
            cargo,      crates.io
            golang,     Go
            debian:12,  Debian:12
            """)
    void a_person_is_understood_in_any_case(String word, String ecosystem) {
        assertThat(KnownEcosystems.find(word)).contains(Ecosystem.parse(ecosystem));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            npmm,      npm
            PyPy,      PyPI
            Rubygem,   RubyGems
            Debain:12, Debian
            """)
    void a_misspelt_ecosystem_is_none_and_has_a_nearest_name(String word, String nearest) {
        assertThat(KnownEcosystems.find(word)).isEmpty();
        assertThat(KnownEcosystems.nearestTo(word)).isEqualTo(nearest);
    }
}
