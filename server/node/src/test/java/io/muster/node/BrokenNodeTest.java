package io.muster.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.encoding.Bytes;
import io.muster.log.Envelope;
import io.muster.log.Outcome;
import io.muster.log.TestProposal;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A node whose state machine ended must not go on leading, however long its jobs take to drain.
@Timeout(120)
final class BrokenNodeTest {
    private static final int UNKNOWN_KIND = 0xFFFF;

    @TempDir
    Path folder;

    @Test
    void a_node_whose_state_machine_ended_gives_up_leadership_before_it_drains() throws Exception {
        try (var node = new MusterNode(ConfigFile.read(LoneNode.write(folder, 0), ""))) {
            node.start();
            while (!node.engine().leadership().isMine()) {
                Pause.shortly();
            }
            var unknown = new Envelope(UNKNOWN_KIND, 1, "", "", "", Bytes.EMPTY).encode();
            var poison = TestProposal.ofEnvelope(unknown);

            node.engine().propose(poison);

            assertThat(node.failure().get()).contains("does not know");
            while (node.engine().leadership().isMine()) {
                Pause.shortly();
            }
            assertThat(poison.await()).isInstanceOf(Outcome.Unknown.class);
            assertThat(poison.answers()).isEqualTo(1);
        }
    }
}
