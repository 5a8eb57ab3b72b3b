package io.muster.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.log.EngineCluster.Member;
import org.junit.jupiter.api.Test;

/// What an engine promises that declares [Guarantees.ReadConsistency#LINEARIZABLE].
public interface LinearizableReadsContract extends EngineContract {
    @Test
    default void a_barrier_on_any_node_lies_behind_everything_acknowledged_before_it() {
        try (var cluster = cluster().startAll()) {
            for (int round = 0; round < 10; round++) {
                long acknowledged = cluster.write("command-" + round).index();
                for (Member member : cluster.members()) {
                    if (member.barrier() instanceof Engine.Barrier.At(long index)) {
                        assertThat(index).isGreaterThanOrEqualTo(acknowledged);
                        member.applier().awaitApplied(index);
                    }
                }
            }
        }
    }
}
