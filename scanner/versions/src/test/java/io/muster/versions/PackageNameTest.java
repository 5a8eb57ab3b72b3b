package io.muster.versions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackageNameTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
            PyPI,           Zope._Interface,                      zope-interface
            NuGet,          Newtonsoft.Json,                      newtonsoft.json
            Packagist,      Monolog/Monolog,                      monolog/monolog
            GitHub Actions, Actions/Checkout,                     actions/checkout
            SwiftURL,       https://github.com/apple/swift-nio.git, github.com/apple/swift-nio
            npm,            JSONStream,                           JSONStream
            Go,             github.com/BurntSushi/toml,           github.com/BurntSushi/toml
            Maven,          org.Example:Thing,                    org.Example:Thing
            crates.io,      Inflector,                            Inflector
            """)
    void a_name_is_in_its_ecosystems_normal_form(String ecosystem, String written, String normal) {
        var name = new PackageName(Ecosystem.parse(ecosystem), written);

        assertThat(name.name()).isEqualTo(normal);
        assertThat(new PackageName(Ecosystem.parse(ecosystem), normal)).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            pkg:npm/%40angular/core@1,                          npm,            @angular/core
            pkg:maven/org.apache.commons/commons-io@2.7,        Maven,          org.apache.commons:commons-io
            pkg:golang/github.com/BurntSushi/toml@v1,           Go,             github.com/BurntSushi/toml
            pkg:golang/stdlib@1.22.1,                           Go,             stdlib
            pkg:composer/monolog/monolog@2,                     Packagist,      monolog/monolog
            pkg:swift/github.com/apple/swift-nio@2,             SwiftURL,       github.com/apple/swift-nio
            pkg:githubactions/actions/checkout@v4,              GitHub Actions, actions/checkout
            pkg:deb/debian/curl@7?distro=debian-12,             Debian:12,      curl
            pkg:deb/debian/curl@7?distro=debian-12.4,           Debian:12,      curl
            pkg:deb/debian/curl@7?distro=bookworm,              Debian:12,      curl
            pkg:deb/ubuntu/curl@7?distro=ubuntu-22.04,          Ubuntu:22.04,   curl
            pkg:apk/alpine/curl@7?distro=alpine-3.19.1,         Alpine:v3.19,   curl
            pkg:apk/wolfi/curl@7,                               Wolfi,          curl
            pkg:rpm/rocky-linux/curl@7?distro=rocky-9.3,        Rocky Linux:9,  curl
            pkg:rpm/redhat/curl@7?distro=rhel-9.3,              Red Hat:9,      curl
            pkg:deb/debian/curl@7?distro=debian-sid,            Debian:sid,     curl
            pkg:deb/debian/curl@7?distro=nobody-knows,          Debian:knows,   curl
            pkg:deb/debian/curl@7?distro=-,                     Debian:-,       curl
            pkg:deb/debian/curl@7,                              Debian,         curl
            pkg:deb/debian/curl@7?distro=debian,                Debian,         curl
            pkg:deb/curl@7?distro=debian-12,                    Debian:12,      curl
            pkg:deb/ubuntu/curl@7?distro=noble,                 Ubuntu:24.04,   curl
            pkg:deb/ubuntu/curl@7?distro=ubuntu-24.04.1,        Ubuntu:24.04,   curl
            pkg:apk/alpine/curl@7?distro=3.19.1,                Alpine:v3.19,   curl
            pkg:apk/alpine/curl@7?distro=alpine-v3.19,          Alpine:v3.19,   curl
            pkg:apk/alpine/curl@7?distro=edge,                  Alpine:edge,    curl
            pkg:apk/wolfi/curl@7?distro=wolfi-20230201,         Wolfi,          curl
            pkg:apk/chainguard/curl@7?distro=chainguard-1,      Chainguard,     curl
            pkg:apk/minimos/curl@7,                             MinimOS,        curl
            pkg:rpm/alma/curl@7?distro=alma-9.2,                AlmaLinux:9,    curl
            pkg:rpm/almalinux/curl@7?distro=almalinux-8,        AlmaLinux:8,    curl
            pkg:rpm/rhel/curl@7?distro=rhel-8,                  Red Hat:8,      curl
            pkg:rpm/suse/curl@7?distro=sles-15.5,               SUSE:Linux Enterprise Server 15 SP5, curl
            pkg:rpm/sles/curl@7?distro=sles-15,                 SUSE:Linux Enterprise Server 15, curl
            pkg:rpm/suse/curl@7?distro=sles-15-SP5,             SUSE:Linux Enterprise Server 15 SP5, curl
            pkg:rpm/suse/curl@7?distro=SLES%2015%20SP5,         SUSE:Linux Enterprise Server 15 SP5, curl
            pkg:rpm/suse/curl@7?distro=sles-16.0,               SUSE:Linux Enterprise Server 16.0, curl
            pkg:rpm/sl-micro/curl@7?distro=sl-micro-6.0,        SUSE:Linux Enterprise Micro 6.0, curl
            pkg:deb/debian/curl@7?distro=debian:12,             Debian:12,      curl
            pkg:deb/debian/curl@7?distro=debian-12-bookworm,    Debian:12,      curl
            pkg:deb/ubuntu/curl@7?distro=artful,                Ubuntu:17.10,   curl
            pkg:rpm/redhat/curl@7?distro=el9,                   Red Hat:9,      curl
            pkg:rpm/opensuse/curl@7?distro=opensuse-leap-15.5,  openSUSE:Leap 15.5, curl
            pkg:rpm/opensuse.leap/curl@7?distro=15.5,           openSUSE:Leap 15.5, curl
            pkg:rpm/opensuse/curl@7?distro=opensuse-tumbleweed-20240101, openSUSE:Tumbleweed, curl
            pkg:rpm/mageia/curl@7?distro=mageia-9,              Mageia:9,       curl
            pkg:rpm/openeuler/curl@7?distro=openEuler-22.03-LTS-SP3, openEuler:22.03-LTS-SP3, curl
            pkg:rpm/photon/curl@7?distro=photon-5.0,            Photon OS:5.0,  curl
            pkg:rpm/azurelinux/curl@7?distro=azurelinux-3.0,    Azure Linux:3,  curl
            """)
    void a_package_url_tells_the_name_that_advisories_use(String purl, String ecosystem, String name) {
        var found = PackageUrl.parse(purl).valid().orElseThrow().packageName();

        assertThat(found).contains(new PackageName(Ecosystem.parse(ecosystem), name));
    }

    @Test
    void a_type_that_osv_has_no_ecosystem_for_has_no_name() {
        assertThat(PackageUrl.of("generic", "", "openssl", "3").packageName()).isEmpty();
        assertThat(PackageUrl.of("rpm", "fedora", "curl", "8").packageName()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            npm,        @angular/core,               pkg:npm/%40angular/core@1.0
            Maven,      org.example:thing,           pkg:maven/org.example/thing@1.0
            Go,         github.com/x/y,              pkg:golang/github.com/x/y@1.0
            PyPI,       Flask,                       pkg:pypi/flask@1.0
            Packagist:drupal, drupal/core,           pkg:composer/drupal/core@1.0
            """)
    void a_name_tells_its_package_url_and_back(String ecosystem, String name, String purl) {
        var packageName = new PackageName(Ecosystem.parse(ecosystem), name);

        var found = packageName.packageUrl("1.0").orElseThrow();

        assertThat(found).hasToString(purl);
        assertThat(found.packageName()).map(PackageName::name).contains(packageName.name());
    }

    @Test
    void a_distributions_package_has_no_package_url_of_its_own() {
        assertThat(new PackageName(Ecosystem.parse("Debian:12"), "curl").packageUrl("7"))
                .isEmpty();
    }

    @Test
    void a_blank_name_is_refused() {
        assertThatThrownBy(() -> new PackageName(Ecosystem.NPM, " "))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("npm");
    }
}
