package io.muster.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.encoding.Bytes;
import io.muster.log.CommandKind;
import io.muster.log.Envelope;
import io.muster.values.ValueCommand;
import io.muster.values.ValueCommands;
import io.muster.values.ValueReply;
import java.util.List;
import java.util.stream.IntStream;
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
        for (int kind : new int[] {0x0103, 0x0206, 0x0300, 0x030E, 0x0405, 0x0503}) {
            assertThatThrownBy(() -> new StateLog().apply(new Envelope(kind, 1, "", "", "", Bytes.EMPTY)))
                    .as("kind 0x%x: a newer node would carry it out", kind)
                    .isInstanceOf(StateException.class)
                    .hasMessageContaining("0x" + Integer.toHexString(kind));
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
            if (kind == ValueCommands.RAISE_FEATURE_LEVEL.number()) {
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
    void a_command_above_the_feature_level_is_refused_until_the_log_raises_the_level() {
        var second = new StateLog(kindsWhereSetNeedsLevelTwo());
        var set = StateLog.of(new ValueCommand.Set("x", Bytes.utf8("1")));

        var reply = second.apply(set);

        assertThat(reply)
                .isInstanceOfSatisfying(
                        StateReply.Rejected.class,
                        refused -> assertThat(refused.reason())
                                .contains(
                                        "0x201", "needs feature level 2", "the cluster is at 1", "upgrade every node"));
        assertThat(second.state.values().find("x")).isEmpty();
        assertThat(log.apply(set)).isInstanceOf(ValueReply.Stored.class);
    }

    @Test
    void the_feature_level_begins_at_the_first_and_moves_by_nothing_but_its_own_command() {
        log.lead("node-1");
        log.engineOwn();
        log.tickUpTo(100);
        log.apply(StateLog.of(new ValueCommand.ChangeSetting("feature.level", "9")));
        var before = log.state.values().featureLevel();

        var reply = log.apply(StateLog.of(new ValueCommand.RaiseFeatureLevel(ClusterState.FEATURE_LEVEL)));

        assertThat(before).isEqualTo(1);
        assertThat(reply).isEqualTo(new ValueReply.FeatureLevel(ClusterState.FEATURE_LEVEL));
    }

    @Test
    void a_cluster_beyond_this_version_leaves_this_node_behind_with_a_clear_message() {
        var raise = StateLog.of(new ValueCommand.RaiseFeatureLevel(ClusterState.FEATURE_LEVEL + 1));

        assertThatThrownBy(() -> log.apply(raise))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("feature level " + (ClusterState.FEATURE_LEVEL + 1))
                .hasMessageContaining("upgrade this node");
        assertThat(log.state.values().featureLevel()).isEqualTo(ClusterState.FEATURE_LEVEL);
    }

    private static List<Integer> everyKind() {
        var kinds = Kinds.all();
        return IntStream.rangeClosed(0, 0xFFFF)
                .filter(kind -> kinds.find(kind) != null)
                .boxed()
                .toList();
    }

    private static Kinds kindsWhereSetNeedsLevelTwo() {
        var set = ValueCommands.SET;
        var later = new CommandKind<>(set.number(), set.name(), set.version(), 2, set.reader());
        return new Kinds().with(List.of(later), Command.ForValues::new);
    }
}
