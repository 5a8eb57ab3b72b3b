package io.muster.advisories;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.versions.Ecosystem;
import io.muster.versions.PackageName;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Records mangled at random: each is read or refused, and what is read can be matched; nothing else ever comes out.
class HostileBytesTest {

    private static final int ROUNDS = 2_000;

    static final String JSON = """
            {"id": "EX-1", "modified": "2024-03-01T10:00:00Z", "aliases": ["CVE-1"], "related": [],
             "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"},
                          {"type": "CVSS_V4",
                           "score": "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N"},
                          {"type": "CVSS_V2", "score": "AV:N/AC:L/Au:N/C:P/I:P/A:P"}],
             "affected": [{"package": {"ecosystem": "PyPI", "name": "star"}, "versions": ["1.0", "1.1rc1"],
               "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "2.0"}]},
                          {"type": "SEMVER", "events": [{"introduced": "3.0.0"}, {"limit": "4.0.0"}]}]}]}
            """;

    static final String YAML = """
            id: EX-1
            modified: 2024-03-01T10:00:00Z
            aliases: &a [CVE-1, "CVE-2"]
            related: *a
            summary: >-
              Folded
              text
            affected:
            - package: {ecosystem: PyPI, name: star}
              ranges:
              - type: ECOSYSTEM
                events:
                - introduced: "0"
                - fixed: 2.0
              versions: ['1.0', "1.1rc1"]
            """;

    private static final String SPICE = "{}[]\":,&*!|>-#%@`'\\\n\t 0\u0000\u007f";

    private final PackageName star = new PackageName(Ecosystem.PYPI, "star");

    @Test
    void mangled_json_is_read_or_refused() {
        mangle(JSON, bytes -> AdvisoryReader.json("fuzz.json", bytes));
    }

    @Test
    void mangled_yaml_is_read_or_refused() {
        mangle(YAML, bytes -> AdvisoryReader.yaml("fuzz.yaml", bytes));
    }

    private interface Reader {
        AdvisoryReading read(byte[] bytes);
    }

    private void mangle(String record, Reader reader) {
        long seed = Long.getLong("seed", 20_261_121L);
        System.out.println("seed " + seed);
        var random = new Random(seed);
        var matcher = new Matcher(Provenance.ofDatabase("sha256:test"));
        int read = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = mangled(record.getBytes(StandardCharsets.UTF_8), random);
            switch (reader.read(bytes)) {
                case AdvisoryReading.Read(Advisory advisory) -> {
                    matcher.match(MatcherEntry.of(advisory), star, "1.0.0");
                    read++;
                }
                case AdvisoryReading.Malformed malformed ->
                    assertThat(malformed.message()).startsWith("cannot read fuzz");
            }
        }
        assertThat(read).as("some must survive, or the test proves nothing").isPositive();
    }

    /// Flips, spices, cuts out or doubles a few places.
    private static byte[] mangled(byte[] record, Random random) {
        byte[] bytes = record.clone();
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            int at = random.nextInt(bytes.length);
            int length = Math.min(random.nextInt(12), bytes.length - at);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] = (byte) SPICE.charAt(random.nextInt(SPICE.length()));
                case 2 -> bytes = spliced(bytes, at, at + length, new byte[0]);
                default -> bytes = spliced(bytes, at, at, Arrays.copyOfRange(bytes, at, at + length));
            }
        }
        return bytes;
    }

    private static byte[] spliced(byte[] bytes, int from, int to, byte[] inserted) {
        byte[] result = new byte[bytes.length - (to - from) + inserted.length];
        System.arraycopy(bytes, 0, result, 0, from);
        System.arraycopy(inserted, 0, result, from, inserted.length);
        System.arraycopy(bytes, to, result, from + inserted.length, bytes.length - to);
        return result;
    }
}
