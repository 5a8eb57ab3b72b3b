package io.muster.versions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LookupsTest {

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            pkg:npm/left-pad@1.3.0;                                      npm/left-pad 1.3.0
            pkg:deb/debian/libssl3@3.0.11-1?upstream=openssl&distro=debian-12;   Debian:12/openssl 3.0.11-1
            pkg:deb/debian/libssl3@3-1%2Bb1?upstream=openssl%403-1&distro=12;    Debian:12/openssl 3-1
            pkg:deb/ubuntu/curl@7.1?distro=ubuntu-22.04;                 Ubuntu:22.04/curl 7.1
            pkg:deb/debian/shadow@4.13-2?epoch=1&distro=debian-12;       Debian:12/shadow 1:4.13-2
            pkg:deb/debian/shadow@1:4.13-2?epoch=1&distro=debian-12;     Debian:12/shadow 1:4.13-2
            pkg:apk/alpine/libcrypto3@3.1-r0?upstream=openssl&distro=alpine-3.19.1; \
            Alpine:v3.19/libcrypto3 3.1-r0, Alpine:v3.19/openssl 3.1-r0
            pkg:rpm/redhat/openssl-libs@1.1.1k-9.el8?epoch=1&upstream=openssl-1.1.1k-9.el8.src.rpm&distro=rhel-8.6; \
            Red Hat:8/openssl-libs 1:1.1.1k-9.el8, Red Hat:8/openssl 1:1.1.1k-9.el8
            pkg:rpm/rocky/bash@5-1?epoch=0&upstream=bash-5-1.src.rpm&distro=rocky-8; Rocky Linux:8/bash 5-1
            pkg:gem/native@3.25.5-x86_64-linux;                          RubyGems/native 3.25.5
            pkg:gem/native@3.25.5-java;                                  RubyGems/native 3.25.5
            pkg:gem/native@3.25.5-arm64-darwin-22;                       RubyGems/native 3.25.5
            pkg:gem/native@3.25.5?platform=java;                         RubyGems/native 3.25.5
            pkg:gem/native@3.25.5.pre1;                                  RubyGems/native 3.25.5.pre1
            pkg:golang/stdlib@go1.22.2;                                  Go/stdlib 1.22.2
            pkg:golang/stdlib@1.22.2;                                    Go/stdlib 1.22.2
            pkg:npm/left-pad;                                            ''
            pkg:generic/openssl@3;                                       ''
            """)
    void a_package_url_tells_what_to_ask(String purl, String asked) {
        var known = PackageUrl.parse(purl).valid().orElseThrow();

        String lookups = known.lookups(known.version()).stream()
                .map(lookup -> lookup.name() + " " + lookup.version())
                .collect(Collectors.joining(", "));

        assertThat(lookups).isEqualTo(asked);
    }
}
