package io.muster.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.encoding.Bytes;
import io.muster.log.CommandKind;
import io.muster.log.Envelope;
import io.muster.values.ValueCommand;
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
                continue; // any two bytes are a level, and a level too high stops the node: tested below
            }
            var reply = log.apply(new Envelope(kind, 1, "", "", "", garbage));

            assertThat(reply).as("kind 0x%x", kind).isInstanceOf(StateReply.Rejected.class);
        }
        assertThat(log.state.values().values()).isEmpty();
        assertThat(log.state.jobs().counts().values()).containsOnly(0L);
        assertThat(log.state.access().keys()).isEmpty();
        assertThat(log.state.audits().newest(1)).isEmpty();
    }

    @Test
    void a_command_above_the_feature_level_of_the_cluster_is_refused() {
        var later = new LaterLedger();
        var second = new StateLog(later);

        var reply = second.apply(StateLog.of(new LaterLedger.Count()));

        assertThat(reply)
                .isInstanceOfSatisfying(
                        StateReply.Rejected.class,
                        refused -> assertThat(refused.reason())
                                .contains(
                                        "0x7701",
                                        "needs feature level 2",
                                        "the cluster is at 1",
                                        "upgrade every node"));
        assertThat(later.counted()).isZero();
    }

    @Test
    void a_ledger_of_a_later_feature_level_does_not_change_the_digest_of_a_log_before_it() {
        var second = new StateLog(new LaterLedger());

        for (StateLog each : List.of(log, second)) {
            each.lead("node-1");
            each.apply(StateLog.of(new ValueCommand.Set("x", Bytes.utf8("1"))));
        }

        assertThat(second.state.digest()).isEqualTo(log.state.digest());
    }

    @Test
    void the_feature_level_begins_at_the_first_and_moves_by_nothing_but_its_own_command() {
        log.lead("node-1");
        log.engineOwn();
        log.tickUpTo(100);
        var before = log.state.featureLevel();

        var reply = log.apply(StateLog.of(new ClusterCommand.RaiseFeatureLevel(ClusterState.FEATURE_LEVEL)));

        assertThat(before).isEqualTo(1);
        assertThat(reply).isEqualTo(new StateReply.Done());
    }

    @Test
    void a_cluster_beyond_this_version_leaves_this_node_behind_with_a_clear_message() {
        var raise = StateLog.of(new ClusterCommand.RaiseFeatureLevel(ClusterState.FEATURE_LEVEL + 1));

        assertThatThrownBy(() -> log.apply(raise))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("feature level " + (ClusterState.FEATURE_LEVEL + 1))
                .hasMessageContaining("upgrade this node");
        assertThat(log.state.featureLevel()).isEqualTo(ClusterState.FEATURE_LEVEL);
    }

    private static List<Integer> everyKind() {
        return Stream.concat(Stream.of(new ClusterLedger()), new Ledgers(_ -> {}).all().stream())
                .flatMap(ledger -> ledger.kinds().stream())
                .map(CommandKind::number)
                .toList();
    }
}
