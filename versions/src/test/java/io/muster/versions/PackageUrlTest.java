package io.muster.versions;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PackageUrlTest {

    @Test
    void reading_and_writing_gives_the_canonical_text() {
        var answer = PackageUrl.parse("PKG:NPM/%40angular/animation@12.3.1?b=2&a=1#/src//main/");

        assertThat(answer.valid().orElseThrow()).hasToString("pkg:npm/%40angular/animation@12.3.1?a=1&b=2#src/main");
    }

    @Test
    void a_text_that_is_no_package_url_is_an_answer_with_a_reason() {
        var answer = PackageUrl.parse("EnterpriseLibrary.Common@6.0.1304");

        assertThat(answer)
                .isInstanceOfSatisfying(
                        PackageUrlAnswer.Malformed.class,
                        malformed -> assertThat(malformed.reason()).contains("does not start with 'pkg:'"));
    }

    @Test
    void a_package_url_knows_the_name_osv_gives_it() {
        var maven = PackageUrl.of("maven", "org.apache.commons", "commons-io", "2.7");
        var pypi = PackageUrl.of("pypi", "", "Zope.Interface", "5.0");

        assertThat(maven.packageName()).contains(new PackageName(Ecosystem.MAVEN, "org.apache.commons:commons-io"));
        assertThat(pypi.packageName()).contains(new PackageName(Ecosystem.PYPI, "zope-interface"));
    }
}
