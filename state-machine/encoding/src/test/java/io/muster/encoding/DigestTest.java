package io.muster.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class DigestTest {
    @Test
    void equal_sequences_agree_and_order_length_and_every_bit_matter() {
        long digest = new Digest().add(1).add(2).value();

        assertThat(new Digest().add(1).add(2).value()).isEqualTo(digest);
        assertThat(new Digest().add(2).add(1).value()).isNotEqualTo(digest);
        assertThat(new Digest().add(1).add(2).add(0).value()).isNotEqualTo(digest);
        Set<Long> digests = new HashSet<>();
        for (int bit = 0; bit < Long.SIZE; bit++) {
            digests.add(new Digest().add(1L << bit).value());
        }
        assertThat(digests).hasSize(Long.SIZE);
    }

    @Test
    void a_digest_goes_on_where_it_was_left() {
        long half = new Digest().add("a").add(Bytes.utf8("b")).value();

        assertThat(new Digest(half).add(7).value())
                .isEqualTo(new Digest().add("a").add(Bytes.utf8("b")).add(7).value());
    }

    @Test
    void the_digest_of_given_parts_is_the_same_in_every_version_and_on_every_machine() {
        assertThat(new Digest().add(10_000).add("job").add(Bytes.utf8("{}")).value())
                .isEqualTo(0xB032543AB53B7A79L);
    }
}
