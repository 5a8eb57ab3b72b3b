package io.muster.raftruntime;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.log.Entries;
import io.muster.raft.Batch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// The table of limits in `docs/protocol.md` says what the code does; the rows of the API are held by `api`.
final class NodePortLimitsTest {
    @Test
    void every_limit_of_the_node_port_stands_in_the_document_with_its_value() throws IOException {
        String document = Files.readString(Path.of("..", "..", "docs", "protocol.md"));

        assertThat(document.lines())
                .contains(
                        row("frame between nodes", (Frame.MAX_BYTES >> 10) + " KiB", "closed"),
                        row("batch of the log", (Batch.MAX_BODY_BYTES >> 20) + " MiB", "refused"),
                        row("commands in a batch", "%,d".formatted(Entries.MAX_COUNT), "next batch"),
                        row(
                                "appends that wait for one peer",
                                (SendQueue.MAX_BULK_BYTES >> 20) + " MiB",
                                "newest dropped"),
                        row("other messages that wait for one peer", "%,d".formatted(SendQueue.MAX_URGENT), "dropped"),
                        row("proposals that wait", "%,d".formatted(LocalProposals.MAX_WAITING), "429"),
                        row("bytes of proposals that wait", (LocalProposals.MAX_WAITING_BYTES >> 20) + " MiB", "429"),
                        row("attributes of a greeting", "%,d".formatted(Hello.MAX_ATTRIBUTES), "closed"));
    }

    private static String row(String what, String most, String then) {
        return "| " + what + " | " + most + " | " + then + " |";
    }
}
