package io.muster.versions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PackageUrlTest {

    /// Written and canonical form, one rule each.
    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', textBlock = """
            PKG:NPM/left-pad@1.3.0,                        pkg:npm/left-pad@1.3.0
            pkg:///npm//left-pad@1.3.0/,                   pkg:npm/left-pad@1.3.0
            pkg:npm/@scope/left-pad@1.3.0,                 pkg:npm/%40scope/left-pad@1.3.0
            pkg:npm/%40scope/left-pad,                     pkg:npm/%40scope/left-pad
            pkg:generic/a@1?b=2&a=1#/src//./main/../x/,    pkg:generic/a@1?a=1&b=2#src/main/x
            pkg:generic/a?b=x&c=,                          pkg:generic/a?b=x
            pkg:git/codeberg.org/forgejo/forgejo@a7#x/y,   pkg:git/codeberg.org/forgejo/forgejo@a7#x/y
            pkg:git/gitlab.org/a/b/c,                      pkg:git/gitlab.org/a/b/c
            pkg:cpan/DateTime@1?author=DROLSKY,            pkg:cpan/DateTime@1?author=DROLSKY
            pkg:generic/a@1.0%20final,                     pkg:generic/a@1.0%20final
            pkg:generic/a@1:2%2B3~4,                       pkg:generic/a@1:2%2B3~4
            pkg:generic/a?u=https://x.org/y,               pkg:generic/a?u=https:%2F%2Fx.org%2Fy
            pkg:generic/a+b,                               pkg:generic/a%2Bb
            pkg:generic/%c3%a9,                            pkg:generic/%C3%A9
            pkg:PyPI/Zope_.Interface@5,                    pkg:pypi/zope-interface@5
            pkg:github/OCTO/Hello@ABC,                     pkg:github/octo/hello@ABC
            pkg:composer/Monolog/Monolog@2,                pkg:composer/monolog/monolog@2
            pkg:pub/Http-Parser@1,                         pkg:pub/http_parser@1
            pkg:cpan/drolsky/DateTime@1.55,                pkg:cpan/DROLSKY/DateTime@1.55
            pkg:rpm/Fedora/Curl@7,                         pkg:rpm/fedora/Curl@7
            pkg:golang/github.com/BurntSushi/toml@v1,      pkg:golang/github.com/BurntSushi/toml@v1
            pkg:nuget/Newtonsoft.Json@13,                  pkg:nuget/Newtonsoft.Json@13
            pkg:huggingface/a/B@0123456789ABCDEF0123456789ABCDEF01234567, \
            pkg:huggingface/a/B@0123456789abcdef0123456789abcdef01234567
            pkg:huggingface/a/B@V1,                        pkg:huggingface/a/B@V1
            pkg:mlflow/Fraud@3?repository_url=x.databricks.com, pkg:mlflow/fraud@3?repository_url=x.databricks.com
            pkg:mlflow/Fraud@3?repository_url=x.azureml.ms,     pkg:mlflow/Fraud@3?repository_url=x.azureml.ms
            """)
    void a_spelling_has_one_canonical_text(String written, String canonical) {
        var purl = PackageUrl.parse(written).valid().orElseThrow();

        assertThat(purl).hasToString(canonical);
        assertThat(PackageUrl.parse(canonical).valid()).contains(purl);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "left-pad@1.3.0",
                "pkg:left-pad",
                "pkg%3Anpm/left-pad",
                "pkg:n&pm/left-pad",
                "pkg:3pm/left-pad",
                "pkg:npm/",
                "pkg:npm/@1.3.0",
                "pkg:npm/scope/@1.3.0",
                "pkg:npm/a?=1",
                "pkg:npm/a?in%20production=1",
                "pkg:npm/a?b",
                "pkg:npm/a?b=1&b=2",
                "pkg:npm/a?b=1&B=2",
                "pkg:npm/%zz",
                "pkg:npm/a%4",
                "pkg:npm/%ff",
                "pkg:npm/\uD83D",
                "pkg:npm/%20",
                "pkg:swift/Alamofire@5",
                "pkg:git/forgejo",
                "pkg:gem/a@1?Platform=java",
                "pkg:cpan/GDT/URI::PackageURL",
                "pkg:julia/Dates@1",
                "pkg:otp/ns/hex@1",
                "pkg:pypi/ns/django@1",
                "pkg:chrome-extension/dogs@1",
                "pkg:chrome-extension/dlpngalgnefjeiefhmpklpfiohadpglk@1-beta"
            })
    void a_text_that_breaks_a_rule_is_an_answer_with_a_reason(String text) {
        var answer = PackageUrl.parse(text);

        assertThat(answer).isInstanceOfSatisfying(PackageUrlAnswer.Malformed.class, malformed -> {
            assertThat(malformed.text()).isEqualTo(text);
            assertThat(malformed.reason()).isNotBlank();
        });
    }

    @Test
    void the_path_on_a_git_host_is_one_name() {
        var read =
                PackageUrl.parse("pkg:git/codeberg.org/forgejo/forgejo").valid().orElseThrow();

        assertThat(read.namespace()).isEqualTo("codeberg.org");
        assertThat(read.name()).isEqualTo("forgejo/forgejo");
        assertThat(PackageUrl.of("git", "codeberg.org/forgejo", "forgejo", "")).isEqualTo(read);
    }

    @Test
    void a_text_longer_than_the_limit_is_refused_before_it_is_taken_apart() {
        var answer = PackageUrl.parse("pkg:npm/" + "a".repeat(PurlText.LONGEST));

        assertThat(answer)
                .isInstanceOfSatisfying(
                        PackageUrlAnswer.Malformed.class,
                        malformed -> assertThat(malformed.reason()).contains("longer than"));
    }

    @Test
    void parts_put_together_are_as_canonical_as_parts_read() {
        var qualifiers = new TreeMap<>(Map.of("Repository_URL", "https://x.org", "empty", ""));

        var built = new PackageUrl("PyPI", "", "Flask_Login", "1", qualifiers, "/a/../b/");

        assertThat(built).hasToString("pkg:pypi/flask-login@1?repository_url=https:%2F%2Fx.org#a/b");
        assertThat(built.withQualifier("repository_url", "")).hasToString("pkg:pypi/flask-login@1#a/b");
    }

    @Test
    void parts_that_break_a_rule_are_a_bug_of_the_caller() {
        assertThatThrownBy(() -> PackageUrl.of("npm", "", "", "1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the name is missing");
    }
}
