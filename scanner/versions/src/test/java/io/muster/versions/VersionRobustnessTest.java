package io.muster.versions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Package URLs with their characters changed at random: every one gets an answer, and what is read reads back.
class VersionRobustnessTest {

    private static final int ROUNDS = 50_000;

    private static final List<String> SOUND = List.of(
            "pkg:npm/%40angular/animation@12.3.1?arch=x86&distro=debian-12#src/main",
            "pkg:maven/org.apache.commons/commons-io@2.7?classifier=sources&type=jar",
            "pkg:swift/github.com/Alamofire/Alamofire.git@5.4.3",
            "pkg:pypi/zope.interface@5.0",
            "pkg:deb/debian/curl@7.50.3-1?arch=i386&distro=debian-12.4",
            "pkg:apk/alpine/curl@7.83.0-r0?distro=alpine-3.19.1",
            "pkg:golang/github.com/gorilla/context@v1.0.0#api");
    private static final String TELLING = "@/#?&=%:. -_~\0é\uD83DA1";

    @Test
    void a_package_url_with_random_faults_is_read_back_or_refused_with_a_reason() {
        var random = new Random(RandomVersions.seed());

        for (int i = 0; i < ROUNDS; i++) {
            String text = mutated(random);
            switch (PackageUrl.parse(text)) {
                case PackageUrlAnswer.Valid(PackageUrl purl) -> assertReadsBack(text, purl);
                case PackageUrlAnswer.Malformed malformed ->
                    assertThat(malformed.reason()).as(text).isNotBlank();
            }
        }
    }

    private static void assertReadsBack(String text, PackageUrl purl) {
        assertThat(PackageUrl.parse(purl.toString()).valid()).as(text).contains(purl);
        purl.packageName()
                .ifPresent(name -> assertThat(new PackageName(name.ecosystem(), name.name()))
                        .as(text)
                        .isEqualTo(name));
    }

    private static String mutated(Random random) {
        var text = new StringBuilder(SOUND.get(random.nextInt(SOUND.size())));
        int faults = random.nextInt(6);
        for (int i = 0; i < faults; i++) {
            int at = random.nextInt(text.length());
            char telling = TELLING.charAt(random.nextInt(TELLING.length()));
            switch (random.nextInt(3)) {
                case 0 -> text.setCharAt(at, telling);
                case 1 -> text.insert(at, telling);
                default -> text.deleteCharAt(at);
            }
        }
        return text.toString();
    }
}
