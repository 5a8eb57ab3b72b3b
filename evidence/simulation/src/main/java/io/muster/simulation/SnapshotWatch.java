package io.muster.simulation;

import io.muster.encoding.Bytes;
import io.muster.log.CommittedBatch;
import io.muster.log.FrozenState;
import io.muster.log.Reply;
import io.muster.state.ClusterState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Checks at random moments that a state that was written and read back goes on as the one that was
/// not: equal answers and digests until the next such moment, and then an equal snapshot.
final class SnapshotWatch {
    /// About once in this many batches: often enough to meet every state of things, seldom enough to
    /// cost little.
    private static final int ONE_IN = 100;

    private final Oracle oracle;

    /// Its own chance: what it draws must not change what happens.
    private final Random random;

    private @Nullable ClusterState copy;
    private long copiedAt;
    private int taken;

    SnapshotWatch(Oracle oracle, long seed) {
        this.oracle = oracle;
        random = new Random(seed);
    }

    /// `reference` has applied `batch` and answered it so.
    void applied(CommittedBatch batch, List<Reply> replies, ClusterState reference) {
        ClusterState followed = copy;
        if (followed != null) {
            follow(followed, batch, replies, reference);
        }
        if (random.nextInt(ONE_IN) == 0) {
            take(reference);
        }
    }

    /// How many snapshots it has taken.
    int taken() {
        return taken;
    }

    private void follow(ClusterState followed, CommittedBatch batch, List<Reply> replies, ClusterState reference) {
        List<Reply> others = followed.apply(batch);
        followed.jobs().takeClosedBlocks();
        if (!others.equals(replies) || followed.digest() != reference.digest()) {
            throw oracle.violation(
                    "a state read back from a snapshot at " + copiedAt + " differs after entry " + batch.lastIndex());
        }
    }

    private void take(ClusterState reference) {
        var sections = sections(reference);
        ClusterState followed = copy;
        if (followed != null && !sections(followed).equals(sections)) {
            throw oracle.violation("a state read back from a snapshot at " + copiedAt + " has another snapshot at "
                    + reference.appliedIndex());
        }
        var filled = new ClusterState((_, _, _, _) -> {});
        filled.fill(name -> sections.getOrDefault(name, List.of()));
        if (filled.digest() != reference.digest()) {
            throw oracle.violation("a state read back from a snapshot at " + reference.appliedIndex() + " differs");
        }
        copy = filled;
        copiedAt = reference.appliedIndex();
        taken++;
    }

    private static Map<String, List<Bytes>> sections(ClusterState state) {
        var sections = new HashMap<String, List<Bytes>>();
        try (FrozenState frozen = state.freeze()) {
            frozen.write((name, chunk) ->
                    sections.computeIfAbsent(name, _ -> new ArrayList<>()).add(chunk));
        }
        return sections;
    }
}
