package io.muster.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.encoding.Bytes;
import io.muster.encoding.Golden;
import io.muster.encoding.MalformedException;
import io.muster.log.FrozenState;
import io.muster.values.ValueCommand;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Seam: all that a state knows, written section by section, fills another one that goes on alike.
final class SectionsTest {
    private static final long SEED = Long.getLong("seed", 7);

    private final StateLog log = new StateLog();

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

    @Test
    void the_stored_forms_of_the_sections_of_the_state_itself_never_change() {
        log.lead("node-1");
        log.apply(StateLog.asked(StateLog.of(new ValueCommand.Set("x", Bytes.utf8("1"))), "ada", "key-1"));
        log.apply(StateLog.asked(StateLog.of(new ClusterCommand.Tick()), "ada", "key-2"));
        log.apply(StateLog.of(new ClusterCommand.CheckDigest(1, 1, new TreeMap<>())));

        var forms = new TreeMap<String, byte[]>();
        sections(log.state).forEach((name, chunks) -> {
            if (List.of("state", "cluster", "repetitions").contains(name)) {
                for (Bytes chunk : chunks) {
                    forms.put(name + "-" + forms.size(), chunk.array());
                }
            }
        });

        Golden.check("state-sections.txt", forms);
    }

    @Test
    void a_node_that_is_too_old_for_the_cluster_stops_and_says_so() {
        int level = ClusterState.FEATURE_LEVEL + 1;
        var newer = new StateLog(level);
        newer.apply(StateLog.of(new ClusterCommand.RaiseFeatureLevel(level)));
        var sections = sections(newer.state);

        assertThatThrownBy(() -> log.state.fill(name -> sections.getOrDefault(name, List.of())))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("upgrade this node");
    }

    @Test
    void a_closed_frozen_state_holds_nothing() {
        run(10);
        var frozen = log.state.freeze();

        frozen.close();
        frozen.close();

        assertThat(sections(frozen)).isEmpty();
        assertThat(frozen.lastIndex()).isEqualTo(log.state.appliedIndex());
        assertThat(frozen.lastTime()).isEqualTo(log.state.time());
    }

    private void run(int entries) {
        var envelopes = new RandomEnvelopes(new Random(SEED), log.state);
        for (int i = 0; i < entries; i++) {
            log.apply(envelopes.next());
        }
    }

    static ClusterState filled(ClusterState state) {
        var sections = sections(state);
        var filled = new ClusterState((_, _, _, _) -> {});
        filled.fill(name -> sections.getOrDefault(name, List.of()));
        return filled;
    }

    static Map<String, List<Bytes>> sections(ClusterState state) {
        state.jobs().takeClosedBlocks();
        try (var frozen = state.freeze()) {
            return sections(frozen);
        }
    }

    static Map<String, List<Bytes>> sections(FrozenState frozen) {
        var sections = new LinkedHashMap<String, List<Bytes>>();
        frozen.write((name, chunk) ->
                sections.computeIfAbsent(name, _ -> new ArrayList<>()).add(chunk));
        return sections;
    }
}
