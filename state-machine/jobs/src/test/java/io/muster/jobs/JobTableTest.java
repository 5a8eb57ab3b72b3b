package io.muster.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.encoding.InvariantViolation;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class JobTableTest {
    private static final int RUNS = Integer.getInteger("runs", 20);
    private static final int STEPS = 4_000;

    private final Lane lane = new Lane(LaneKey.of(Cluster.noop()), new JobQueue("default"));
    private final JobTable table = new JobTable();
    private final TreeMap<JobId, Job> model = new TreeMap<>();
    private long lastIndex;

    @Test
    void it_holds_what_a_sorted_map_holds_and_frozen_ones_stay_as_they_were() {
        long seed = Long.getLong("seed", RandomGenerator.getDefault().nextLong());
        System.out.println("seed " + seed);
        for (int run = 0; run < RUNS; run++) {
            var test = new JobTableTest();
            test.live(new Random(seed + run));
        }
    }

    @Test
    void an_old_job_cannot_come_in_behind_newer_ones() {
        add();
        add();
        Job old = new Job(JobId.of(1, 7), lane, Cluster.noop(), 0, queued(1));

        assertThatThrownBy(() -> table.put(old))
                .isInstanceOf(InvariantViolation.class)
                .hasMessageContaining("newer than all others");
    }

    private void live(Random random) {
        int most = 10 + random.nextInt(3_000);
        var frozen = table.freeze();
        var before = moment();
        for (int i = 0; i < STEPS; i++) {
            step(random, most);
            if (random.nextInt(700) == 0) {
                assertThat(moment(frozen)).isEqualTo(before);
                checkAll(random);
                frozen = table.freeze();
                before = moment();
            }
        }
        assertThat(moment(frozen)).isEqualTo(before);
        checkAll(random);
    }

    private void step(Random random, int most) {
        switch (random.nextInt(6)) {
            case 0, 1, 2 -> {
                for (int i = random.nextInt(4); i >= 0 && model.size() < most; i--) {
                    add();
                }
            }
            case 3 -> change(random, Job::forgiven);
            case 4 -> change(random, job -> replace(job.stripped()));
            default -> {
                for (int i = random.nextInt(5); i >= 0 && !model.isEmpty(); i--) {
                    remove(random.nextBoolean() ? model.firstEntry().getValue() : any(random));
                }
            }
        }
    }

    private void change(Random random, Consumer<Job> change) {
        if (!model.isEmpty()) {
            change.accept(any(random));
        }
    }

    private void add() {
        lastIndex += 3;
        replace(new Job(JobId.of(lastIndex, 0), lane, Cluster.noop(), lastIndex, queued(lastIndex)));
    }

    private void replace(Job job) {
        model.put(job.id, job);
        table.put(job);
    }

    private void remove(Job job) {
        model.remove(job.id);
        table.remove(job);
    }

    private Job any(Random random) {
        var at = model.ceilingEntry(JobId.of(1 + random.nextLong(lastIndex), 0));
        return at == null ? model.lastEntry().getValue() : at.getValue();
    }

    private void checkAll(Random random) {
        assertThat(table.size()).isEqualTo(model.size());
        assertThat(table.bytes())
                .isEqualTo(model.values().stream().mapToLong(Job::weight).sum());
        assertThat(table.all()).containsExactlyElementsOf(model.values());
        for (int i = 0; i < 20; i++) {
            JobId id = JobId.of(1 + random.nextLong(lastIndex + 3), 0);
            assertThat(table.find(id)).isSameAs(model.get(id));
            assertThat(table.after(id))
                    .containsExactlyElementsOf(model.tailMap(id, false).values());
        }
    }

    private List<List<Object>> moment() {
        return model.values().stream()
                .map(job -> List.<Object>of(job.id, job.facts()))
                .toList();
    }

    private static List<List<Object>> moment(List<JobTable.Slice> frozen) {
        return frozen.stream()
                .flatMap(JobTable.Slice::stream)
                .map(each -> List.<Object>of(each.job().id, each.facts()))
                .toList();
    }

    private static Job.Facts queued(long micros) {
        return Job.Facts.initial(new JobState.Queued(micros));
    }
}
