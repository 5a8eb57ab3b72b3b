package io.muster.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.log.EngineCluster.Member;
import org.junit.jupiter.api.Test;

/// What an engine promises that declares [Guarantees.LineageChange#NEVER].
public interface StableLineageContract extends EngineContract {
    @Test
    default void the_lineage_survives_a_restart() {
        try (var cluster = cluster().startAll()) {
            Member any = cluster.members().getFirst();
            long before = any.engine().lineage();
            cluster.stop(any.id());

            assertThat(cluster.start(any.id()).engine().lineage()).isEqualTo(before);
        }
    }
}
