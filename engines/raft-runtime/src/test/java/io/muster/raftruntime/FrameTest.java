package io.muster.raftruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.encoding.Bytes;
import io.muster.encoding.Golden;
import io.muster.encoding.MalformedException;
import io.muster.log.ClusterId;
import io.muster.log.NodeId;
import io.muster.log.VoterId;
import io.muster.raft.FoundingStatus;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Frames and greetings, as they stand on the wire.
final class FrameTest {
    private static final Frame.Sender SENDER = new Frame.Sender(0, new ClusterId(0x1122, 0x3344), 5);
    /// Of the first version of the conversation: what its nodes say is still understood.
    private static final Hello HELLO =
            new Hello(1, new NodeId("n1"), 3, "127.0.0.1:8080", new TreeMap<>(Map.of("worker-key", "abc", "a", "b")));

    private static byte[] frame(FrameType type, Bytes payload) {
        ByteBuffer out = ByteBuffer.allocate(Frame.MAX_BYTES);
        Frame.write(out, type, SENDER, 1_700_000_000_000_001L, ByteBuffer.wrap(payload.array()));
        return Arrays.copyOf(out.array(), out.position());
    }

    @Test
    void the_sent_form_of_frames_never_changes() {
        Golden.check(
                "frames-1.txt",
                "MESSAGE " + HexFormat.of().formatHex(frame(FrameType.MESSAGE, Bytes.utf8("payload"))) + "\nHELLO "
                        + HexFormat.of().formatHex(frame(FrameType.HELLO, HELLO.encode())) + "\nNEWS "
                        + HexFormat.of().formatHex(frame(FrameType.NEWS, HELLO.encode())) + "\n");
    }

    @Test
    void the_sent_form_of_a_greeting_never_changes() {
        var founders = new TreeMap<>(Map.of(new NodeId("n1"), new VoterId(1, 2), new NodeId("n2"), new VoterId(3, 4)));
        var introduction =
                new Introduction(HELLO, new FoundingStatus(new VoterId(1, 2), founders, true), List.of(7L, -8L));
        var secret = new ClusterSecret("a secret of this cluster".getBytes(StandardCharsets.US_ASCII));
        var local = new LocalIdentity(SENDER, introduction, secret);
        var nonces = new Nonces(nonce(1), nonce(2));

        Golden.check(
                "greeting-1.txt",
                Map.of(
                        "introduction",
                        introduction.encode().array(),
                        "hello",
                        local.sealed(ClusterSecret.Side.DIALLER, nonces, FrameType.HELLO, introduction.encode())
                                .array(),
                        "welcome",
                        local.sealed(ClusterSecret.Side.ANSWERER, nonces, FrameType.WELCOME, introduction.encode())
                                .array(),
                        "refused-for-now",
                        HandshakeRefusal.forNow("wait").encode().array(),
                        "refused-for-good",
                        HandshakeRefusal.forGood("leave").encode().array()));
        assertThat(Introduction.decode(introduction.encode())).isEqualTo(introduction);
    }

    private static Bytes nonce(int each) {
        byte[] bytes = new byte[Nonces.BYTES];
        Arrays.fill(bytes, (byte) each);
        return Bytes.wrap(bytes);
    }

    @Test
    void a_frame_reads_back_as_it_was_written() {
        var in = ByteBuffer.wrap(frame(FrameType.PART, Bytes.utf8("payload")));

        assertThat(Frame.read(in))
                .isEqualTo(new Frame(
                        FrameType.PART, 0, SENDER.cluster(), 5, 1_700_000_000_000_001L, Bytes.utf8("payload")));
        assertThat(in.hasRemaining()).isFalse();
    }

    @Test
    void a_frame_that_is_not_complete_yet_is_waited_for() {
        byte[] whole = frame(FrameType.MESSAGE, Bytes.utf8("payload"));
        for (int length = 0; length < whole.length; length++) {
            var in = ByteBuffer.wrap(whole, 0, length);
            assertThat(Frame.read(in)).isNull();
            assertThat(in.position()).isZero();
        }
    }

    @Test
    void a_single_flipped_bit_behind_the_length_is_found() {
        byte[] whole = frame(FrameType.MESSAGE, Bytes.utf8("payload"));
        for (int bit = 8 * Integer.BYTES; bit < 8 * whole.length; bit++) {
            byte[] damaged = whole.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> Frame.read(ByteBuffer.wrap(damaged))).isInstanceOf(MalformedException.class);
        }
    }

    @Test
    void a_length_over_the_limit_is_refused_before_anything_is_allocated() {
        var in = ByteBuffer.allocate(8).putInt(Frame.MAX_BYTES).flip();

        assertThatThrownBy(() -> Frame.read(in)).isInstanceOf(MalformedException.class);
    }

    @Test
    void the_longest_frame_is_256_kibibytes() {
        assertThat(frame(FrameType.PART, Bytes.wrap(new byte[Frame.MAX_PAYLOAD])))
                .hasSize(256 * 1024);
    }

    @Test
    void a_hello_reads_back_as_it_was_written() {
        Hello present = Hello.of(new NodeId("n1"), 3, "127.0.0.1:8080", Map.of("a", "b"));

        assertThat(Hello.decode(HELLO.encode())).isEqualTo(HELLO);
        assertThat(Hello.decode(present.encode())).isEqualTo(present);
    }

    @Test
    void what_a_later_version_appends_to_a_hello_is_skipped() {
        byte[] known = HELLO.encode().array();

        byte[] longer = Arrays.copyOf(known, known.length + 7);

        assertThat(Hello.decode(Bytes.wrap(longer))).isEqualTo(HELLO);
    }

    @Test
    void a_hello_with_more_attributes_than_anyone_needs_is_refused() {
        var attributes = new TreeMap<String, String>();
        for (int i = 0; i <= Hello.MAX_ATTRIBUTES; i++) {
            attributes.put("name-" + i, "value");
        }

        assertThatThrownBy(() -> Hello.of(new NodeId("n1"), 1, "", attributes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("17 attributes");
    }
}
