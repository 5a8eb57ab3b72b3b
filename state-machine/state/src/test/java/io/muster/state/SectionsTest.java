package io.muster.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.encoding.Bytes;
import io.muster.encoding.MalformedException;
import io.muster.log.CommittedBatch;
import io.muster.log.Envelope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Seam: all that a state knows, written section by section, fills another one that goes on alike.
final class SectionsTest {
    private static final long SEED = Long.getLong("seed", 7);

    private final StateLog log = new StateLog();

    @Test
    void a_state_filled_from_all_sections_has_an_equal_digest_and_goes_on_alike() {
        System.out.println("seed=" + SEED);
        run(400);
        var filled = filled(log.state);
        var digest = filled.digest();
        var expected = log.state.digest();
        int before = log.batches.size();

        run(200);
        for (CommittedBatch batch : log.batches.subList(before, log.batches.size())) {
            filled.apply(batch);
        }

        assertThat(digest).isEqualTo(expected);
        assertThat(filled.digest()).isEqualTo(log.state.digest());
        assertThat(sections(filled)).isEqualTo(sections(log.state));
    }

    @Test
    void what_was_compared_and_the_feature_level_are_among_the_sections() {
        log.lead("node-1");
        log.tickUpTo(ClusterState.DIGEST_EVERY);

        var filled = filled(log.state);

        assertThat(filled.comparable()).isEqualTo(log.state.comparable());
        assertThat(filled.leader()).isEqualTo(log.state.leader());
        assertThat(filled.appliedIndex()).isEqualTo(ClusterState.DIGEST_EVERY);
        assertThat(filled.featureLevel()).isEqualTo(1);
    }

    @Test
    void a_section_that_is_missing_is_refused() {
        run(10);
        var sections = sections(log.state);

        for (String missing : sections.keySet()) {
            assertThatThrownBy(() -> new ClusterState((_, _, _, _) -> {})
                            .fill(name -> name.equals(missing) ? List.of() : sections.getOrDefault(name, List.of())))
                    .as(missing)
                    .isInstanceOf(MalformedException.class)
                    .hasMessageContaining(missing);
        }
    }

    /// Commands without an idempotency key: the answers to those that carry one are in no section yet.
    private void run(int entries) {
        var random = new Random(SEED + log.batches.size());
        var envelopes = new RandomEnvelopes(random, log.state);
        for (int i = 0; i < entries; i++) {
            if (random.nextInt(20) == 0) {
                log.lead("worker-" + random.nextInt(3));
            }
            Envelope next = envelopes.next();
            log.apply(StateLog.asked(next, next.principal(), ""));
        }
    }

    private static ClusterState filled(ClusterState state) {
        var sections = sections(state);
        var filled = new ClusterState((_, _, _, _) -> {});
        filled.fill(name -> sections.getOrDefault(name, List.of()));
        return filled;
    }

    static Map<String, List<Bytes>> sections(ClusterState state) {
        state.jobs().takeClosedBlocks();
        var sections = new LinkedHashMap<String, List<Bytes>>();
        state.write((name, chunk) ->
                sections.computeIfAbsent(name, _ -> new ArrayList<>()).add(chunk));
        return sections;
    }
}
