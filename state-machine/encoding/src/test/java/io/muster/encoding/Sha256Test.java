package io.muster.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class Sha256Test {
    /// The one-block example of NIST for FIPS 180-4.
    private static final Bytes OF_ABC =
            Bytes.wrap(HexFormat.of().parseHex("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));

    @Test
    void the_digest_is_the_one_of_the_standard() {
        assertThat(Sha256.of(Bytes.utf8("abc"))).isEqualTo(OF_ABC);
    }

    @Test
    void pieces_make_the_same_digest_as_the_whole() {
        var sha256 = Sha256.begin();
        sha256.update("a".getBytes(StandardCharsets.UTF_8));

        assertThat(Bytes.wrap(sha256.digest("bc".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(OF_ABC);
    }
}
