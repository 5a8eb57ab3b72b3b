package io.muster.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.encoding.Bytes;
import io.muster.log.Reply;
import io.muster.values.ValueCommand;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Seam: the feature level, which the cluster raises by its log once every voter can follow.
final class FeatureLevelTest {
    private final StateLog log = new StateLog();
    private final LaterLedger later = new LaterLedger();
    private final StateLog upgraded = new StateLog(LaterLedger.LEVEL, later);

    @Test
    void a_command_above_the_feature_level_of_the_cluster_is_refused() {
        var reply = upgraded.apply(StateLog.of(new LaterLedger.Count()));

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
    void a_command_is_accepted_once_the_log_has_raised_the_level_that_it_needs() {
        var tooEarly = upgraded.apply(StateLog.of(new LaterLedger.Count()));
        raise(LaterLedger.LEVEL);

        var inTime = upgraded.apply(StateLog.of(new LaterLedger.Count()));

        assertThat(tooEarly).isInstanceOf(StateReply.Rejected.class);
        assertThat(inTime).isEqualTo(new StateReply.Done());
        assertThat(later.counted()).isEqualTo(1);
    }

    @Test
    void the_digest_covers_a_ledger_from_its_feature_level_on() {
        var other = new StateLog(LaterLedger.LEVEL, new LaterLedger());
        raise(LaterLedger.LEVEL);
        other.apply(StateLog.of(new ClusterCommand.RaiseFeatureLevel(LaterLedger.LEVEL)));
        assertThat(other.state.digest()).isEqualTo(upgraded.state.digest());

        later.lie();

        assertThat(other.state.digest()).isNotEqualTo(upgraded.state.digest());
    }

    @Test
    void before_its_feature_level_a_ledger_is_not_in_the_digest() {
        var before = upgraded.state.digest();

        later.lie();

        assertThat(upgraded.state.digest()).isEqualTo(before);
    }

    @Test
    void the_feature_level_never_falls() {
        raise(LaterLedger.LEVEL);

        var reply = raise(LaterLedger.LEVEL - 1);

        assertThat(reply).isEqualTo(new StateReply.Done());
        assertThat(upgraded.state.featureLevel()).isEqualTo(LaterLedger.LEVEL);
        assertThat(upgraded.apply(StateLog.of(new LaterLedger.Count()))).isEqualTo(new StateReply.Done());
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
    void no_command_but_its_own_moves_the_feature_level_from_the_first() {
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
        int before = log.state.featureLevel();

        assertThatThrownBy(() -> log.apply(raise))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("feature level " + (ClusterState.FEATURE_LEVEL + 1))
                .hasMessageContaining("upgrade this node");
        assertThat(log.state.featureLevel()).isEqualTo(before);
    }

    private Reply raise(int level) {
        return upgraded.apply(StateLog.of(new ClusterCommand.RaiseFeatureLevel(level)));
    }
}
