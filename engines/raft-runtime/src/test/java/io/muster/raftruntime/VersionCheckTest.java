package io.muster.raftruntime;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.log.EngineStatus;
import io.muster.log.EngineStatus.PeerStatus;
import io.muster.log.MemberChange;
import io.muster.log.MemberRefusal;
import io.muster.log.NodeId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class VersionCheckTest {
    private static final NodeId LEADER = new NodeId("node-1");
    private static final NodeId LEARNER = new NodeId("node-2");

    @Test
    void one_that_is_older_than_what_is_in_the_log_gets_no_vote() {
        var older = new MemberRefusal.OlderVersion(LEARNER, 1, 2);

        assertThat(VersionCheck.refuse(new MemberChange.Promote(LEARNER), seen(1), 2))
                .contains(older);
        assertThat(VersionCheck.refuse(new MemberChange.Replace(LEARNER, LEADER), seen(1), 2))
                .contains(older);
    }

    @Test
    void one_that_can_read_the_log_may_vote() {
        assertThat(VersionCheck.refuse(new MemberChange.Promote(LEARNER), seen(2), 2))
                .isEmpty();
    }

    @Test
    void one_that_is_older_may_go_whatever_it_can_read() {
        assertThat(VersionCheck.refuse(new MemberChange.Remove(LEARNER), seen(1), 2))
                .isEmpty();
        assertThat(VersionCheck.refuse(new MemberChange.Demote(LEARNER), seen(1), 2))
                .isEmpty();
    }

    private static EngineStatus seen(int level) {
        var peer = new PeerStatus(LEARNER, true, "", level, Map.of(), 0);
        return new EngineStatus(
                LEADER,
                EngineStatus.NodeRole.LEADER,
                1,
                Optional.of(LEADER),
                1,
                1,
                1,
                0,
                List.of(),
                false,
                List.of(peer),
                new TreeMap<>());
    }
}
