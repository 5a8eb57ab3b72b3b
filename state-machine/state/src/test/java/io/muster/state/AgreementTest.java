package io.muster.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.jobs.JobEvent;
import io.muster.log.CommittedBatch;
import io.muster.log.Entries;
import io.muster.log.Envelope;
import io.muster.log.Reply;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// Seam: the state is a function of the log. The same log on two machines, whatever stands in it, gives the same
/// answers, the same digest after every batch and the same bytes in every section of a snapshot.
final class AgreementTest {
    private static final int RUNS = Integer.getInteger("runs", 20);
    private static final int BATCHES = 150;

    private final Set<String> met = new HashSet<>();

    @Test
    void the_same_log_gives_the_same_state_on_two_machines() {
        long seed = Long.getLong("seed", RandomGenerator.getDefault().nextLong());
        System.out.println("seed " + seed);
        for (int run = 0; run < RUNS; run++) {
            agree(new Random(seed + run));
        }
        assertThat(met)
                .as("runs that never met these prove nothing about them")
                .contains("Rejected", "Submitted", "Reported", "Started", "KeyConflict", "Finished", "Claimed");
    }

    private void agree(Random random) {
        var log = new StateLog();
        var envelopes = new RandomEnvelopes(random, log.state);
        var second = new ClusterState((_, _, _, change) -> meet(change));
        var oneByOne = new ClusterState((_, _, _, _) -> {});
        for (int i = 0; i < BATCHES; i++) {
            log.micros += random.nextInt(1_000_000);
            log.elapsedMicros += random.nextInt(1_000_000);
            var replies = envelopes.step(log);

            assertThat(second.apply(log.batches.getLast())).isEqualTo(replies);
            assertThat(second.digest()).isEqualTo(log.state.digest());
            assertThat(split(log.batches.getLast(), oneByOne)).isEqualTo(replies);
            assertThat(oneByOne.digest())
                    .as("where a batch ends decides nothing")
                    .isEqualTo(log.state.digest());
            replies.forEach(reply -> met.add(reply.getClass().getSimpleName()));
        }
        assertThat(SectionsTest.sections(second))
                .isEqualTo(SectionsTest.sections(log.state))
                .isEqualTo(SectionsTest.sections(oneByOne));
        assertThat(SectionsTest.sections(log.replayed())).isEqualTo(SectionsTest.sections(log.state));
    }

    /// Gives `state` the batch entry by entry.
    private static List<Reply> split(CommittedBatch batch, ClusterState state) {
        if (!(batch.content() instanceof CommittedBatch.Content.Commands(var body))) {
            return state.apply(batch);
        }
        var replies = new ArrayList<Reply>();
        for (Envelope each : Entries.split(body, batch.count())) {
            var content = new CommittedBatch.Content.Commands(Entries.join(List.of(each.encode())));
            replies.addAll(state.apply(
                    new CommittedBatch(state.appliedIndex() + 1, 1, batch.term(), batch.time(), content, List.of())));
        }
        return replies;
    }

    private void meet(Change change) {
        if (change instanceof Change.InJobs(JobEvent.Finished _)) {
            met.add("Finished");
        } else if (change instanceof Change.InJobs(JobEvent.Moved(var job, var _))) {
            met.add(job.state().getClass().getSimpleName());
        }
    }
}
