package io.muster.versions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Everything that reads text from outside, on inputs that Jazzer grows from these. Every build runs the inputs below;
/// `make fuzz` hunts for new ones.
class VersionsFuzzTest {

    static Stream<Arguments> threeVersionsOfEachOrder() {
        return Stream.of(VersionOrder.values())
                .flatMap(order -> Stream.of(
                        arguments(order, "1.0", "1.0.0", "1.0.0-rc.1+b"),
                        arguments(order, "", "0", "#"),
                        arguments(order, "1!2.0a1.post2.dev3+local.7", "2:1.0~rc1-1+deb12u1", "1.2.3_p4-r5"),
                        arguments(order, "1.0.0.Beta1", "1.0-SNAPSHOT", "1.a-1..-~^")));
    }

    @MethodSource("threeVersionsOfEachOrder")
    @FuzzTest(maxDuration = "2m")
    void any_three_texts_are_in_order(
            @NotNull VersionOrder order, @NotNull String first, @NotNull String second, @NotNull String third) {
        var a = order.parse(first);
        var b = order.parse(second);
        var c = order.parse(third);

        assertThat(Integer.signum(a.compareTo(b))).isEqualTo(-Integer.signum(b.compareTo(a)));
        if (isPromised(order, List.of(a, b, c)) && a.compareTo(b) <= 0 && b.compareTo(c) <= 0) {
            assertThat(a.compareTo(c))
                    .as("%s: '%s' '%s' '%s'", order, a.text(), b.text(), c.text())
                    .isLessThanOrEqualTo(0);
        }
    }

    /// Packagist's `#` is outside the promise of transitivity, see [PackagistVersion].
    private static boolean isPromised(VersionOrder order, List<ParsedVersion> versions) {
        return order != VersionOrder.PACKAGIST
                || versions.stream().noneMatch(version -> version.text().indexOf('#') >= 0);
    }

    @ValueSource(
            strings = {
                "npm/%40angular/animation@12.3.1?arch=x86&distro=debian-12#src/main",
                "swift/github.com/Alamofire/Alamofire.git@5.4.3",
                "//deb//debian/curl@7.50.3-1?distro=debian-12.4&&=",
                "pypi/%ff%00%",
                "golang/a/../b@v1#/../x"
            })
    @FuzzTest(maxDuration = "2m")
    void any_text_is_a_package_url_that_reads_back_or_has_a_reason_why_not(@NotNull String text) {
        switch (PackageUrl.parse("pkg:" + text)) {
            case PackageUrlAnswer.Valid(PackageUrl purl) -> {
                assertThat(PackageUrl.parse(purl.toString()).valid()).contains(purl);
                purl.packageName()
                        .ifPresent(name -> assertThat(new PackageName(name.ecosystem(), name.name()))
                                .isEqualTo(name));
            }
            case PackageUrlAnswer.Malformed malformed ->
                assertThat(malformed.reason()).isNotBlank();
        }
    }
}
