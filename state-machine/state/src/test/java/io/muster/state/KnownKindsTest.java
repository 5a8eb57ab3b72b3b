package io.muster.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.encoding.Bytes;
import io.muster.log.CommandKind;
import io.muster.log.Envelope;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Seam: what a node does with a command it does not know, or must not carry out yet.
final class KnownKindsTest {
    private final StateLog log = new StateLog();

    @Test
    void a_kind_of_no_known_ledger_stops_the_node_and_says_which_and_what_to_do() {
        log.tickUpTo(3);

        assertThatThrownBy(() -> log.apply(new Envelope(0x7701, 1, "", "", "", Bytes.EMPTY)))
                .isInstanceOf(StateException.class)
                .hasMessage("entry 4 of the log holds a command of kind 0x7701 version 1, which this version of"
                        + " Muster does not know: upgrade this node");
    }

    @Test
    void an_unknown_kind_of_a_known_ledger_stops_the_node_too() {
        for (int kind : everyKind()) {
            if (everyKind().contains(kind + 1)) {
                continue;
            }
            int unknown = kind + 1;
            assertThatThrownBy(() -> new StateLog().apply(new Envelope(unknown, 1, "", "", "", Bytes.EMPTY)))
                    .as("kind 0x%x: a newer node would carry it out", unknown)
                    .isInstanceOf(StateException.class)
                    .hasMessageContaining("0x" + Integer.toHexString(unknown));
        }
    }

    @Test
    void a_newer_shape_of_any_known_kind_stops_the_node() {
        for (int kind : everyKind()) {
            assertThatThrownBy(() -> new StateLog().apply(new Envelope(kind, 2, "", "", "", Bytes.EMPTY)))
                    .as("kind 0x%x version 2", kind)
                    .isInstanceOf(StateException.class)
                    .hasMessageContaining("version 2");
        }
    }

    @Test
    void a_body_that_cannot_be_read_is_refused_by_every_node_alike_and_changes_nothing() {
        var garbage = Bytes.wrap(new byte[] {(byte) 0xFF, 1, 2, 3});
        for (int kind : everyKind()) {
            if (kind == ClusterCommands.RAISE_FEATURE_LEVEL.number()) {
                continue; // any two bytes are a level, and a level too high stops the node: see FeatureLevelTest
            }
            var reply = log.apply(new Envelope(kind, 1, "", "", "", garbage));

            assertThat(reply).as("kind 0x%x", kind).isInstanceOf(StateReply.Rejected.class);
        }
        assertThat(log.state.values().values()).isEmpty();
        assertThat(log.state.jobs().counts().values()).containsOnly(0L);
        assertThat(log.state.access().keys()).isEmpty();
        assertThat(log.state.audits().newest(1)).isEmpty();
    }

    /// A kind above it would be refused for ever: no voter could say that it supports so much.
    @Test
    void no_kind_needs_a_higher_feature_level_than_this_version_has() {
        assertThat(kinds())
                .allSatisfy(kind ->
                        assertThat(kind.level()).as(kind.name()).isLessThanOrEqualTo(ClusterState.FEATURE_LEVEL));
    }

    private static List<Integer> everyKind() {
        return kinds().map(CommandKind::number).toList();
    }

    private static Stream<CommandKind<?>> kinds() {
        return Stream.concat(
                        Stream.of(new ClusterLedger(ClusterState.FEATURE_LEVEL)), new Ledgers(_ -> {}).all().stream())
                .flatMap(ledger -> ledger.kinds().stream());
    }
}
