package io.muster.state;

import io.muster.encoding.Golden;
import io.muster.log.CommandContract;
import io.muster.log.NodeId;
import java.nio.ByteBuffer;
import java.util.List;
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
        CommandContract.check(ClusterCommand.class, ClusterCommands.KINDS, List.of(new ClusterCommand.Tick(), CHECK));
    }

    private static byte[] numbersOfAllKinds() {
        var numbers = ByteBuffer.allocate(1_024);
        var kinds = Kinds.all();
        for (int kind = 0; kind <= 0xFFFF; kind++) {
            if (kinds.find(kind) != null) {
                numbers.putShort((short) kind);
            }
        }
        byte[] bytes = new byte[numbers.position()];
        numbers.flip().get(bytes);
        return bytes;
    }
}
