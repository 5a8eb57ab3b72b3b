package io.muster.raftruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.encoding.Bytes;
import io.muster.encoding.Golden;
import io.muster.encoding.MalformedException;
import io.muster.log.LogTime;
import io.muster.log.SnapshotMeta;
import io.muster.raft.Batch;
import io.muster.raft.BatchKind;
import io.muster.raft.Message;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The messages between nodes, as they stand on the wire.
final class MessageCodecTest {
    private static final Batch TWO_COMMANDS = Batch.seal(
            new Batch.Head(8, 2, 5, BatchKind.COMMANDS, new LogTime(1_700_000_000_000_001L, 5_001)),
            Bytes.utf8("two commands"));
    private static final Batch TERM_START = Batch.seal(
            new Batch.Head(10, 1, 6, BatchKind.TERM_START, new LogTime(1_700_000_000_000_002L, 5_002)),
            Bytes.utf8("n2"));

    private static final SnapshotMeta SNAPSHOT =
            new SnapshotMeta(10, 6, new LogTime(1_700_000_000_000_002L, 5_002), Bytes.utf8("who takes part"));

    private static final List<Message> ONE_OF_EACH = List.of(
            new Message.PreVoteRequest(6, 3, 10, 5),
            new Message.PreVoteReply(6, 3, true),
            new Message.VoteRequest(7, 10, 5),
            new Message.VoteReply(7, false),
            new Message.Append(7, 41, 7, 5, List.of(TWO_COMMANDS, TERM_START), 6),
            new Message.AppendAccepted(7, 41, 10),
            new Message.AppendRejected(7, 41, 7, 4, 3),
            new Message.Heartbeat(7, 99, 8),
            new Message.HeartbeatReply(7, 99),
            new Message.CommitNotice(7, 10),
            new Message.BarrierRequest(7, 12),
            new Message.BarrierReply(7, 12, 10),
            new Message.Resigned(8),
            new Message.InstallSnapshot(8, 42, SNAPSHOT, 131_072, Bytes.utf8("a piece of the state"), true),
            new Message.InstallWanted(8, 42, 10, 131_072),
            new Message.TimeoutNow(8),
            new Message.VoteRequest(9, 10, 6, true),
            new Message.MembershipAsked(9),
            new Message.NotMember(9, 11));

    @Test
    void the_sent_form_of_each_message_never_changes() {
        String lines = ONE_OF_EACH.stream()
                .map(message -> message.getClass().getSimpleName() + " "
                        + HexFormat.of().formatHex(MessageCodec.encode(message)))
                .collect(Collectors.joining("\n", "", "\n"));

        Golden.check("messages-1.txt", lines);
    }

    @Test
    void every_kind_of_message_has_its_golden_line() {
        assertThat(ONE_OF_EACH.stream().map(Object::getClass).distinct())
                .hasSize(Message.class.getPermittedSubclasses().length);
    }

    @Test
    void every_message_reads_back_as_it_was_written() {
        for (Message message : ONE_OF_EACH) {
            assertThat(MessageCodec.decode(Bytes.wrap(MessageCodec.encode(message))))
                    .isEqualTo(message);
        }
    }

    @Test
    void a_message_cut_short_anywhere_is_malformed() {
        for (Message message : ONE_OF_EACH) {
            byte[] whole = MessageCodec.encode(message);
            for (int length = 0; length < whole.length; length++) {
                Bytes part = Bytes.wrap(Arrays.copyOf(whole, length));
                assertThatThrownBy(() -> MessageCodec.decode(part)).isInstanceOf(MalformedException.class);
            }
        }
    }

    @Test
    void a_message_with_bytes_left_over_is_malformed() {
        byte[] whole = MessageCodec.encode(new Message.Resigned(8));

        Bytes longer = Bytes.wrap(Arrays.copyOf(whole, whole.length + 1));

        assertThatThrownBy(() -> MessageCodec.decode(longer)).isInstanceOf(MalformedException.class);
    }

    @Test
    void kinds_reserved_for_later_are_malformed_today() {
        for (int kind : new int[] {0, 14, 31, 38, 255}) {
            byte[] bytes = MessageCodec.encode(new Message.Resigned(8));
            bytes[1] = (byte) kind;
            assertThatThrownBy(() -> MessageCodec.decode(Bytes.wrap(bytes)))
                    .isInstanceOf(MalformedException.class)
                    .hasMessageContaining("message kind " + kind);
        }
    }

    @Test
    void a_negative_term_is_malformed() {
        byte[] bytes = MessageCodec.encode(new Message.Resigned(8));
        bytes[2] = (byte) 0x80;

        assertThatThrownBy(() -> MessageCodec.decode(Bytes.wrap(bytes))).isInstanceOf(MalformedException.class);
    }

    @Test
    void an_append_with_a_gap_between_its_batches_is_malformed() {
        byte[] bytes = MessageCodec.encode(new Message.Append(7, 41, 7, 5, List.of(TERM_START), 6));

        assertThatThrownBy(() -> MessageCodec.decode(Bytes.wrap(bytes)))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("gap before 10");
    }

    @Test
    void only_batches_and_pieces_of_snapshots_wait_in_the_slow_lane() {
        for (Message message : ONE_OF_EACH) {
            boolean isBulky = message instanceof Message.Append || message instanceof Message.InstallSnapshot;
            assertThat(MessageCodec.bulkBytes(message) > 0).isEqualTo(isBulky);
        }
    }
}
