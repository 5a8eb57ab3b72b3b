package io.muster.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.encoding.BinaryReader;
import io.muster.encoding.BinaryWriter;
import io.muster.encoding.Bytes;
import io.muster.encoding.Golden;
import io.muster.encoding.InvariantViolation;
import io.muster.encoding.MalformedException;
import io.muster.log.LogTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BatchTest {
    private static final Batch COMMANDS = Batch.seal(
            new Batch.Head(258, 3, 7, BatchKind.COMMANDS, new LogTime(1_700_000_000_000_001L, 5_001)),
            Bytes.utf8("three entries"));

    @ParameterizedTest
    @EnumSource(BatchKind.class)
    void every_kind_comes_back_as_it_was_written(BatchKind kind) {
        var batch = Batch.seal(new Batch.Head(1, 1, 0, kind, new LogTime(0, 0)), Bytes.EMPTY);

        assertThat(Batch.read(BinaryReader.over(written(batch)))).isEqualTo(batch);
        assertThat(BatchKind.ofCode(kind.code())).isEqualTo(kind);
    }

    @Test
    void the_stored_form_is_the_golden_one() {
        Golden.check("batch-commands-v1.hex", written(COMMANDS));
        Golden.check("batch-bootstrap-v1.hex", written(Batch.bootstrap(TestPeer.voters("n1", "n2", "n3"))));
    }

    @Test
    void its_size_is_what_it_takes_when_written() {
        assertThat(written(COMMANDS)).hasSize(COMMANDS.size());
    }

    @Test
    void every_flipped_bit_is_noticed() {
        byte[] good = written(COMMANDS);

        for (int bit = 0; bit < good.length * 8; bit++) {
            byte[] bad = good.clone();
            bad[bit / 8] ^= (byte) (1 << (bit % 8));

            assertThatThrownBy(() -> Batch.read(BinaryReader.over(bad)))
                    .as("bit %s", bit)
                    .isInstanceOf(MalformedException.class);
        }
    }

    @Test
    void every_torn_end_is_noticed() {
        byte[] good = written(COMMANDS);

        for (int length = 0; length < good.length; length++) {
            var torn = BinaryReader.over(good, 0, length);

            assertThatThrownBy(() -> Batch.read(torn)).isInstanceOf(MalformedException.class);
        }
    }

    @Test
    void an_empty_batch_cannot_be_made() {
        assertThatThrownBy(
                        () -> Batch.seal(new Batch.Head(1, 0, 0, BatchKind.COMMANDS, new LogTime(0, 0)), Bytes.EMPTY))
                .isInstanceOf(InvariantViolation.class);
    }

    private static byte[] written(Batch batch) {
        var writer = new BinaryWriter();
        batch.write(writer);
        return writer.toBytes();
    }
}
