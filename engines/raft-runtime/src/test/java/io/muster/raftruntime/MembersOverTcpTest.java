package io.muster.raftruntime;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.log.EngineCluster;
import io.muster.log.MemberAddresses;
import io.muster.log.MemberAnswer;
import io.muster.log.MemberChange;
import io.muster.log.MemberStatus;
import io.muster.log.NodeId;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Members that change while real engines run.
@Timeout(180)
class MembersOverTcpTest {
    @TempDir
    Path folder;

    @Test
    void a_voter_is_removed_and_the_others_go_on() {
        try (var cluster = new RaftClusters(folder, 3).cluster().startAll()) {
            NodeId victim =
                    cluster.followersOf(cluster.awaitLeader()).getFirst().id();

            long index = change(cluster, new MemberChange.Remove(victim));

            var removed = cluster.members().stream()
                    .filter(member -> member.id().equals(victim))
                    .findFirst()
                    .orElseThrow();
            removed.applier().awaitApplied(index);
            long after = cluster.write("after").index();
            assertThat(after).isGreaterThan(index);
            assertThat(cluster.awaitLeader().engine().status().members())
                    .extracting(MemberStatus::id)
                    .hasSize(2)
                    .doesNotContain(victim);
        }
    }

    /// Nothing listens there, so the one that is said to have moved hears nothing from then on.
    @Test
    void a_member_moves_and_the_others_know_where_it_is() {
        var there = new MemberAddresses("127.0.0.1:1", "127.0.0.1:2");
        try (var cluster = new RaftClusters(folder, 3).cluster().startAll()) {
            NodeId moved = cluster.followersOf(cluster.awaitLeader()).getFirst().id();

            long index = change(cluster, new MemberChange.Readdress(moved, there));

            for (EngineCluster.Member member : cluster.members()) {
                if (!member.id().equals(moved)) {
                    member.applier().awaitApplied(index);
                }
            }
            assertThat(cluster.awaitLeader().engine().status().members())
                    .filteredOn(member -> member.id().equals(moved))
                    .extracting(MemberStatus::addresses)
                    .containsExactly(Optional.of(there));
        }
    }

    /// Asks whoever leads until it is done; asking again for the same is safe.
    private static long change(EngineCluster cluster, MemberChange change) {
        while (true) {
            if (cluster.awaitLeader().change(change) instanceof MemberAnswer.Done(long index)) {
                return index;
            }
        }
    }
}
