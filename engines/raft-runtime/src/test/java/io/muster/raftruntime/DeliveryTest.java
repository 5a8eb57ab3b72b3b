package io.muster.raftruntime;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.log.Entries;
import io.muster.log.LogTime;
import io.muster.log.RecordingApplier;
import io.muster.log.TestProposal;
import io.muster.raft.Batch;
import io.muster.raft.BatchKind;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What reaches the applier: committed, in the log, and with the proposals it was made of.
final class DeliveryTest {
    private final RecordingApplier applier = new RecordingApplier();
    private final InflightProposals inflight = new InflightProposals();
    private final Delivery delivery = new Delivery(applier, inflight);

    @Test
    void nothing_is_delivered_before_it_is_committed() {
        var memory = new Memory(List.of(batch(1, 1, "one"), batch(2, 1, "two")), true);
        delivery.committed(1);

        delivery.advance(memory);
        delivery.advance(memory);

        assertThat(applier.appliedIndex()).isEqualTo(1);
    }

    @Test
    void what_the_disk_shows_and_the_log_has_no_more_is_not_delivered() {
        var disk = new Memory(List.of(), false);
        delivery.committed(1);
        delivery.advance(disk);

        delivery.replay(List.of(batch(1, 1, "replaced")), disk);

        assertThat(applier.batches()).isEmpty();
        assertThat(delivery.canAdvance()).as("it is asked for again").isTrue();
    }

    @Test
    void a_batch_of_another_term_does_not_answer_the_proposals_of_this_one() {
        var mine = TestProposal.of("mine");
        inflight.add(batch(1, 1, "mine"), List.of(mine));
        delivery.committed(1);

        delivery.advance(new Memory(List.of(batch(1, 2, "theirs")), true));

        assertThat(mine.isAnswered()).isFalse();
    }

    private static Batch batch(long index, long term, String text) {
        var body = Entries.join(List.of(TestProposal.of(text).envelope()));
        return Batch.seal(new Batch.Head(index, 1, term, BatchKind.COMMANDS, new LogTime(index, index)), body);
    }

    /// The log's end, or a disk whose content the log may not hold any more.
    private record Memory(List<Batch> batches, boolean isInLog) implements Delivery.BatchSource {
        @Override
        public List<Batch> recent(long index, int maxBytes) {
            return batches.stream().filter(batch -> batch.lastIndex() >= index).toList();
        }

        @Override
        public boolean isInLog(Batch batch) {
            return isInLog;
        }

        @Override
        public void readOld(long index, int maxBytes) {}
    }
}
