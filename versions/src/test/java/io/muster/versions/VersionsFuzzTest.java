package io.muster.versions;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/// Guided fuzzing of everything that reads text from outside, by hand because it takes minutes, one method a run:
/// `JAZZER_FUZZ=1 mvn test -pl versions -Dtest='VersionsFuzzTest#<method>'`. In every build [RobustnessTest] and
/// [VersionOrderPropertyTest] look at the same promises with random input.
@EnabledIfEnvironmentVariable(named = "JAZZER_FUZZ", matches = "1")
class VersionsFuzzTest {

    private static final int LONGEST = 60;

    @FuzzTest(maxDuration = "2m")
    void any_three_texts_are_in_order(FuzzedDataProvider data) {
        var order = data.pickValue(VersionOrder.values());
        var a = order.parse(data.consumeString(LONGEST));
        var b = order.parse(data.consumeString(LONGEST));
        var c = order.parse(data.consumeRemainingAsString());

        assertThat(Integer.signum(a.compareTo(b))).isEqualTo(-Integer.signum(b.compareTo(a)));
        if (isPromised(order, a, b, c) && a.compareTo(b) <= 0 && b.compareTo(c) <= 0) {
            assertThat(a.compareTo(c))
                    .as("%s: '%s' '%s' '%s'", order, a.text(), b.text(), c.text())
                    .isLessThanOrEqualTo(0);
        }
    }

    /// Packagist's `#` is outside the promise of transitivity, see [PackagistVersion].
    private static boolean isPromised(VersionOrder order, ParsedVersion... versions) {
        for (ParsedVersion version : versions) {
            if (order == VersionOrder.PACKAGIST && version.text().indexOf('#') >= 0) {
                return false;
            }
        }
        return true;
    }

    @FuzzTest(maxDuration = "2m")
    void any_text_is_a_package_url_that_reads_back_or_has_a_reason_why_not(FuzzedDataProvider data) {
        switch (PackageUrl.parse("pkg:" + data.consumeRemainingAsString())) {
            case PackageUrlAnswer.Valid(PackageUrl purl) ->
                assertThat(PackageUrl.parse(purl.toString()).valid()).contains(purl);
            case PackageUrlAnswer.Malformed malformed ->
                assertThat(malformed.reason()).isNotBlank();
        }
    }

    @FuzzTest(maxDuration = "1m")
    void any_package_url_names_its_package_or_none(FuzzedDataProvider data) {
        PackageUrl.parse("pkg:" + data.consumeRemainingAsString())
                .valid()
                .flatMap(PackageUrl::packageName)
                .ifPresent(name -> assertThat(new PackageName(name.ecosystem(), name.name()))
                        .isEqualTo(name));
    }
}
