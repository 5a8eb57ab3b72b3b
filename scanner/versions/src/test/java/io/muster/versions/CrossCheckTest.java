package io.muster.versions;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nscuro.versatile.VersionFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A second opinion on version orders: versatile-core 0.18.1, which Dependency-Track uses, on random versions of the
/// shapes that packages really have. Every difference must have its rule here; one without is a fault of ours.
class CrossCheckTest {

    private static final int PAIRS = 5_000;

    /// @param scheme versatile's word for the order
    /// @param endings what can follow the numbers
    /// @param maxNumbers how many numbers a version has at most
    /// @param explained whether a difference about this pair follows from a rule that versatile does not have
    record Check(
            VersionOrder order,
            String scheme,
            int maxNumbers,
            List<String> beginnings,
            List<String> endings,
            BiPredicate<String, String> explained) {

        @Override
        public String toString() {
            return scheme;
        }
    }

    private static final Pattern WORD_LED_BY_DOT = Pattern.compile("\\.[A-Za-z]");
    private static final Pattern PYPI_LOCAL = Pattern.compile(".*\\+.*");
    private static final Pattern APK_LETTER = Pattern.compile("[0-9][a-z]");
    private static final Pattern APK_REVISION = Pattern.compile("-r");

    private static final List<String> MAVEN_ENDINGS =
            List.of("", "-alpha", "-beta1", ".Final", ".RC1", "-SNAPSHOT", "-rc-2", ".M1", "-jre", "-sp1", "b2");

    static Stream<Check> checks() {
        var semantic = List.of("", "-rc.1", "-rc.10", "-beta", "-1", "-0.20230101120000-abcdefabcdef", "+incompatible");
        return Stream.of(
                new Check(VersionOrder.DEBIAN, "deb", 3, List.of("", "1:", "2:"), debian(), CrossCheckTest::never),
                new Check(VersionOrder.RPM, "rpm", 3, List.of("", "1:", "2:"), rpm(), CrossCheckTest::never),
                new Check(VersionOrder.SEMANTIC, "npm", 3, List.of(""), semantic, CrossCheckTest::never),
                new Check(VersionOrder.SEMANTIC, "golang", 3, List.of("v"), semantic, CrossCheckTest::never),
                new Check(
                        VersionOrder.NUGET,
                        "nuget",
                        4,
                        List.of(""),
                        List.of("", "-rc.1", "-RC.10", "-Beta.2", "+x"),
                        CrossCheckTest::never),
                // Zeros before a word led by a dot count for OSV and not for Maven's own code, which versatile calls.
                new Check(
                        VersionOrder.MAVEN,
                        "maven",
                        4,
                        List.of(""),
                        MAVEN_ENDINGS,
                        (a, b) -> has(WORD_LED_BY_DOT, a) || has(WORD_LED_BY_DOT, b)),
                // PEP 440: in local versions a number is above a word; versatile compares them as text.
                new Check(
                        VersionOrder.PYPI,
                        "pypi",
                        4,
                        List.of("", "1!", "v"),
                        List.of("", "a1", "rc2", ".post1", ".dev3", "b1.dev2", "-1", "+local.1", "+2"),
                        (a, b) -> has(PYPI_LOCAL, a) && has(PYPI_LOCAL, b)),
                // version_compare counts the numbers, `1.0` < `1.0.0`; versatile fills up to four as Composer does.
                new Check(
                        VersionOrder.PACKAGIST,
                        "composer",
                        4,
                        List.of("", "v"),
                        List.of("", "-dev", "-alpha1", "-beta2", "-RC1", "-p1", "b3"),
                        (a, b) -> numbers(a) != numbers(b)),
                // For OSV a further number is above a letter, a letter above a suffix, and no revision is revision 0;
                // for versatile it is the other way round in each.
                new Check(
                        VersionOrder.ALPINE,
                        "apk",
                        4,
                        List.of(""),
                        List.of("", "a", "b_rc1", "_rc1", "_p2-r1", "_git2024", "_alpha-r10", "-r0", "-r1"),
                        (a, b) -> numbers(a) != numbers(b) || apkShape(a) != apkShape(b)));
    }

    private static List<String> debian() {
        var endings = new ArrayList<String>();
        for (String upstream : List.of("", "a", "~rc1", "+dfsg", "~")) {
            for (String revision : List.of("", "-1", "-2", "-1+b1", "-1~bpo1", "-0ubuntu1")) {
                endings.add(upstream + revision);
            }
        }
        return endings;
    }

    private static List<String> rpm() {
        var endings = new ArrayList<String>();
        for (String version : List.of("", "a", "~rc1", "^git1", "_1")) {
            for (String release : List.of("", "-1", "-2.el8", "-10.el8")) {
                endings.add(version + release);
            }
        }
        return endings;
    }

    @ParameterizedTest
    @MethodSource("checks")
    void every_difference_from_versatile_has_its_rule(Check check) {
        var random = new Random(RandomVersions.seed());
        var unexplained = new ArrayList<String>();

        for (int i = 0; i < PAIRS; i++) {
            String a = version(check, random);
            String b = version(check, random);
            int ours = Integer.signum(check.order().compare(a, b));
            int theirs = Integer.signum(
                    VersionFactory.forScheme(check.scheme(), a).compareTo(VersionFactory.forScheme(check.scheme(), b)));
            if (ours != theirs && !check.explained().test(a, b)) {
                unexplained.add(a + " : " + b + " ours " + ours + ", theirs " + theirs);
            }
        }

        assertThat(unexplained).isEmpty();
    }

    private static String version(Check check, Random random) {
        var version = new StringBuilder(pick(check.beginnings(), random));
        boolean isSemantic = check.maxNumbers() == 3 && check.order() == VersionOrder.SEMANTIC;
        int numbers = isSemantic ? 3 : 1 + random.nextInt(check.maxNumbers());
        for (int i = 0; i < numbers; i++) {
            version.append(i == 0 ? "" : ".").append(random.nextInt(3) == 0 ? 0 : random.nextInt(12));
        }
        return version.append(pick(check.endings(), random)).toString();
    }

    private static String pick(List<String> choices, Random random) {
        return choices.get(random.nextInt(choices.size()));
    }

    /// For an order in which both must agree on every pair.
    private static boolean never(String a, String b) {
        return false;
    }

    private static boolean has(Pattern pattern, String version) {
        return pattern.matcher(version).find();
    }

    private static int apkShape(String version) {
        return (has(APK_LETTER, version) ? 1 : 0) + (has(APK_REVISION, version) ? 2 : 0);
    }

    private static long numbers(String version) {
        return version.split("[^v.0-9]", 2)[0].chars().filter(c -> c == '.').count();
    }
}
