package io.muster.benchmarks;

import io.muster.versions.Ecosystem;
import io.muster.versions.PackageName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// As many OSV records as wanted, in the shape of real ones: a kilobyte and a half each, a third of them alone with
/// their package, the others some twenty to a package. The same count gives the same records.
final class SyntheticAdvisories {

    private static final List<Ecosystem> ECOSYSTEMS =
            List.of(Ecosystem.NPM, Ecosystem.PYPI, Ecosystem.GO, Ecosystem.MAVEN, Ecosystem.CRATES_IO);

    /// Packages that many records speak of.
    private static final int BUSY_PACKAGES = 10_000;

    private static final String DETAILS = "A crafted request reaches code that trusts its length. ".repeat(15);

    private SyntheticAdvisories() {}

    /// Writes records as one archive, as OSV's bulk download has them.
    static void write(Path archive, int records) throws IOException {
        var random = new Random(1);
        try (var zip = new ZipOutputStream(Files.newOutputStream(archive))) {
            zip.setLevel(Deflater.BEST_SPEED);
            for (int i = 0; i < records; i++) {
                zip.putNextEntry(new ZipEntry("SYN-" + i + ".json"));
                zip.write(record(i, random).getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
    }

    /// One of the packages that so many records speak of, every package as likely as any other.
    static PackageName randomPackage(int records, Random random) {
        boolean isBusy = random.nextInt(BUSY_PACKAGES + records / 3) < BUSY_PACKAGES;
        return packageOf(isBusy ? 3 * random.nextInt(BUSY_PACKAGES) + 1 : 3 * random.nextInt(records / 3));
    }

    /// A version somewhere among those that the records speak of.
    static String randomVersion(Random random) {
        return random.nextInt(6) + "." + random.nextInt(10) + "." + random.nextInt(10);
    }

    private static PackageName packageOf(int record) {
        int number = record % 3 == 0 ? record : record / 3 % BUSY_PACKAGES + 1_000_000;
        return new PackageName(ECOSYSTEMS.get(number % ECOSYSTEMS.size()), "example.org:package-" + number);
    }

    private static String record(int number, Random random) {
        var name = packageOf(number);
        int major = random.nextInt(5);
        var references = new StringBuilder();
        for (int i = 0; i < 5; i++) {
            references.append(i == 0 ? "" : ", ");
            references.append("{\"type\": \"WEB\", \"url\": \"https://example.org/about/%d/%d\"}".formatted(number, i));
        }
        return """
                {"id": "SYN-%d", "modified": "2026-01-01T00:00:00Z", "aliases": ["CVE-%d"],
                 "summary": "Requests of one kind are trusted too much in %s", "details": "%s",
                 "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}],
                 "references": [%s],
                 "affected": [{"package": {"ecosystem": "%s", "name": "%s"}, "ranges": [
                   {"type": "ECOSYSTEM", "events": [{"introduced": "%d.0.0"}, {"fixed": "%d.%d.%d"}]},
                   {"type": "ECOSYSTEM", "events": [{"introduced": "%d.0.0"}, {"fixed": "%d.%d.0"}]}]}]}
                """.formatted(
                        number,
                        number,
                        name.name(),
                        DETAILS,
                        references,
                        name.ecosystem(),
                        name.name(),
                        major,
                        major,
                        random.nextInt(1, 10),
                        random.nextInt(10),
                        major + 1,
                        major + 1,
                        random.nextInt(1, 10));
    }
}
