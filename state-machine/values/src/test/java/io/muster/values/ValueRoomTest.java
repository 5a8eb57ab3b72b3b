package io.muster.values;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.encoding.Bytes;
import io.muster.log.LogTime;
import io.muster.log.SectionContract;
import io.muster.log.Stamp;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What the ledger has room for, to the byte, and the fingerprint that shows whether it has counted right.
final class ValueRoomTest {
    private static final int MEBIBYTE = 1 << 20;
    private static final int KEY_BYTES = 3;
    private static final Bytes FILLING = bytes(MEBIBYTE - KEY_BYTES);

    private final ValueLedger ledger = new ValueLedger(_ -> {});
    private long index;

    @Test
    void one_key_more_than_the_limit_is_refused_until_one_is_deleted() {
        for (int i = 0; i < ValueLimits.MAX_KEYS; i++) {
            assertThat(set("k" + i, bytes(1))).isInstanceOf(ValueReply.Stored.class);
        }
        long full = ledger.digest(1);

        assertThat(set("one more", bytes(1))).isEqualTo(new ValueReply.Full("keys", ValueLimits.MAX_KEYS));
        assertThat(ledger.digest(1)).isEqualTo(full);
        assertThat(set("k0", bytes(2))).isInstanceOf(ValueReply.Stored.class);
        assertThat(delete("k1")).isEqualTo(new ValueReply.Deleted());
        assertThat(set("one more", bytes(1))).isInstanceOf(ValueReply.Stored.class);
    }

    @Test
    void keys_count_with_their_values_against_the_limit_of_bytes() {
        fillToTheByte();

        assertThat(set("x", Bytes.EMPTY)).isEqualTo(full());
        assertThat(ledger.find("x")).isEmpty();
    }

    @Test
    void a_deleted_key_frees_its_own_bytes_and_those_of_its_value() {
        fillToTheByte();

        delete("k10");

        assertThat(set("n10", FILLING)).isInstanceOf(ValueReply.Stored.class);
        assertThat(set("x", Bytes.EMPTY)).isEqualTo(full());
    }

    @Test
    void an_overwritten_value_frees_its_bytes_but_not_those_of_its_key() {
        fillToTheByte();

        assertThat(set("k10", bytes(FILLING.size() + 1))).isEqualTo(full());
        assertThat(set("k10", bytes(FILLING.size() - 1))).isInstanceOf(ValueReply.Stored.class);
        assertThat(set("yy", Bytes.EMPTY)).isEqualTo(full());
        assertThat(set("x", Bytes.EMPTY)).isInstanceOf(ValueReply.Stored.class);
    }

    @Test
    void the_oldest_recent_commands_give_way_once_their_bytes_are_too_many() {
        for (int i = 0; i < 2; i++) {
            set("k" + i, bytes(MEBIBYTE - 2));
            apply(new ValueCommand.Other(bytes(MEBIBYTE)));
        }
        assertThat(recentIndexes()).containsExactly(1L, 2L, 3L, 4L);

        delete("x");

        assertThat(recentIndexes()).containsExactly(2L, 3L, 4L, 5L);
    }

    @Test
    void the_digest_forgets_a_deleted_key() {
        set("x", bytes(10));
        long before = ledger.digest(1);

        set("y", bytes(20));
        long between = ledger.digest(1);
        delete("y");

        assertThat(between).isNotEqualTo(before);
        assertThat(ledger.digest(1)).isEqualTo(before);
    }

    @Test
    void the_digest_forgets_an_overwritten_value_but_not_that_it_was_overwritten() {
        set("x", bytes(10));
        long first = ledger.digest(1);
        set("x", bytes(20));
        long second = ledger.digest(1);
        set("x", bytes(20));

        var other = new ValueLedger(_ -> {});
        other.apply(stamp(2), new ValueCommand.Set("x", bytes(20)));

        assertThat(second).isEqualTo(other.digest(1)).isNotEqualTo(first);
        assertThat(ledger.digest(1)).as("another revision").isNotEqualTo(second);
    }

    @Test
    void a_ledger_read_back_from_its_snapshot_has_the_same_digest() {
        set("x", bytes(10));
        set("y", bytes(20));

        ValueLedger copy = new ValueLedger(_ -> {});
        copy.fill(SectionContract.chunks(ledger.freeze()));

        assertThat(copy.digest(1)).isEqualTo(ledger.digest(1)).isNotEqualTo(new ValueLedger(_ -> {}).digest(1));
    }

    private void fillToTheByte() {
        for (int i = 10; i < 10 + ValueLimits.MAX_TOTAL_BYTES / MEBIBYTE; i++) {
            assertThat(set("k" + i, FILLING)).isInstanceOf(ValueReply.Stored.class);
        }
    }

    private static ValueReply full() {
        return new ValueReply.Full("bytes of keys and values", ValueLimits.MAX_TOTAL_BYTES);
    }

    private List<Long> recentIndexes() {
        return ledger.recent().stream().map(RecentCommand::index).toList();
    }

    private ValueReply set(String key, Bytes value) {
        return apply(new ValueCommand.Set(key, value));
    }

    private ValueReply delete(String key) {
        return apply(new ValueCommand.Delete(key));
    }

    private ValueReply apply(ValueCommand command) {
        index++;
        return ledger.apply(stamp(index), command);
    }

    private static Stamp stamp(long index) {
        return new Stamp(1, index, 0, new LogTime(index * 1_000, 0));
    }

    private static Bytes bytes(int count) {
        return Bytes.wrap(new byte[count]);
    }
}
