package io.muster.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.encoding.Bytes;
import io.muster.encoding.Golden;
import io.muster.encoding.MalformedException;
import io.muster.log.NodeId;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// What this module itself puts into the log: two bodies, and the numbers of all kinds.
final class StoredFormsTest {
    private static final ClusterCommand.CheckDigest CHECK = new ClusterCommand.CheckDigest(
            10_000, 3, new TreeMap<>(Map.of(new NodeId("node-1"), 0x0123_4567_89AB_CDEFL, new NodeId("node-2"), -1L)));

    @Test
    void the_stored_forms_never_change() {
        Map<String, byte[]> forms = new TreeMap<>();
        forms.put("tick", StateLog.of(new ClusterCommand.Tick()).encode());
        forms.put("check-digest", StateLog.of(CHECK).encode());
        forms.put("kinds", numbersOfAllKinds());

        Golden.check("cluster-commands.txt", forms);
    }

    @Test
    void commands_read_back_as_they_were_written() {
        for (ClusterCommand command : new ClusterCommand[] {new ClusterCommand.Tick(), CHECK}) {
            int kind = ClusterCommand.kind(command);

            assertThat(ClusterCommand.decode(kind, ClusterCommand.encode(command)))
                    .isEqualTo(command);
        }
    }

    @Test
    void a_body_that_is_too_long_or_too_short_is_refused() {
        assertThatThrownBy(() -> ClusterCommand.decode(ClusterCommand.TICK, Bytes.wrap(new byte[1])))
                .isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> ClusterCommand.decode(ClusterCommand.CHECK_DIGEST, Bytes.wrap(new byte[5])))
                .isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> ClusterCommand.decode(0x0199, Bytes.EMPTY))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("409");
    }

    private static byte[] numbersOfAllKinds() {
        var numbers = ByteBuffer.allocate(1_024);
        for (int kind = 0; kind <= 0xFFFF; kind++) {
            if (Kinds.ALL.find(kind) != null) {
                numbers.putShort((short) kind);
            }
        }
        byte[] bytes = new byte[numbers.position()];
        numbers.flip().get(bytes);
        return bytes;
    }
}
