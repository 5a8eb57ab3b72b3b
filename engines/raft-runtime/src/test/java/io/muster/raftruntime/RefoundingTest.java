package io.muster.raftruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.log.EngineException;
import io.muster.log.NodeId;
import io.muster.raft.Configuration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A cluster that begins with one node and a state of another.
final class RefoundingTest {
    private static final NodeId SELF = new NodeId("n1");

    @TempDir
    Path scratch;

    private Path folder() {
        return scratch.resolve("n1");
    }

    private LogIdentity found() {
        try (var refounding = Refounding.in(folder(), SELF)) {
            refounding.begin(SnapshotEvents.state(42));
            return new LogIdentity(refounding.cluster(), SELF, LogIdentity.ONLY_GROUP);
        }
    }

    @Test
    void the_log_begins_empty_behind_the_state_with_one_voter() {
        var identity = found();

        var kept = SnapshotFiles.open(folder(), identity).kept();
        try (var store = SqliteLogStore.open(folder(), identity, Configuration.NONE, Long.MAX_VALUE)) {
            var restored = store.restore(0, kept);

            assertThat(restored.base().index()).isEqualTo(42);
            assertThat(restored.lastIndex()).isEqualTo(42);
            assertThat(restored.state().term()).isEqualTo(3);
            assertThat(restored.state().votedFor()).isEmpty();
            assertThat(restored.base().configuration().configuration().voters()).containsExactly(SELF);
        }
    }

    @Test
    void two_clusters_from_one_state_have_nothing_in_common() throws Exception {
        var first = found();
        var voter = VoterFile.read(folder().resolve("raft.voter"), first);
        Files.move(folder(), scratch.resolve("old"));

        var second = found();

        assertThat(second.cluster()).isNotEqualTo(first.cluster());
        assertThat(VoterFile.read(folder().resolve("raft.voter"), second).identity())
                .isNotEqualTo(voter.identity());
    }

    @Test
    void a_folder_that_holds_anything_of_a_node_is_refused_and_left() throws Exception {
        for (String name : List.of("raft.db", "raft.voter", "raft.witness", "history.db", "snapshot-1.muster")) {
            Files.createDirectories(folder());
            Path file = Files.writeString(folder().resolve(name), "mine");

            assertThatThrownBy(() -> Refounding.in(folder(), SELF))
                    .as(name)
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("is there: a new cluster begins in a folder without one");
            assertThat(file).hasContent("mine");
            Files.delete(file);
        }
    }

    @Test
    void a_folder_that_was_left_half_done_does_not_pass_for_a_node() {
        try (var refounding = Refounding.in(folder(), SELF)) {
            assertThat(refounding.cluster()).isNotNull();
        }

        assertThatThrownBy(() -> Refounding.in(folder(), SELF))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("remove what an interrupted attempt left");
    }
}
