package io.muster.nemesis;

import io.muster.client.JobDocument;
import io.muster.client.JobQuery;
import io.muster.client.JobStatus;
import io.muster.client.MusterException;
import io.muster.client.SubmitJob;
import io.muster.client.SubmittedJob;
import io.muster.encoding.Bytes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Jobs that are submitted without a break, and read back at the end.
final class JobLoad {
    private static final int BATCH = 5;
    private static final long PAUSE_MILLIS = 20;
    private static final int PAGE = 500;

    private final NemesisCluster cluster;
    private final ConcurrentLinkedQueue<String> accepted = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean isOver = new AtomicBoolean();
    private @Nullable Thread thread;

    /// What became of the jobs.
    ///
    /// @param accepted how many the cluster took
    /// @param lost how many of those have not finished
    /// @param twice how many finished more than once
    record Count(int accepted, long lost, long twice) {}

    JobLoad(NemesisCluster cluster) {
        this.cluster = cluster;
    }

    void start() {
        thread = Thread.ofVirtual().name("jobs").start(this::submit);
    }

    private void submit() {
        List<SubmitJob> batch = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
            batch.add(
                    i == 0
                            ? SubmitJob.of("sleep", Bytes.utf8("{\"millis\":50}"))
                            : SubmitJob.of("noop", Bytes.utf8("{}")));
        }
        try {
            while (!isOver.get()) {
                try {
                    for (SubmittedJob job : cluster.client().submitAll(batch).jobs()) {
                        if (job.id() != null) {
                            accepted.add(job.id());
                        }
                    }
                } catch (MusterException e) {
                    // It may have been done: then those jobs run, and nobody was promised anything of them.
                }
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void finish() throws InterruptedException {
        isOver.set(true);
        if (thread != null) {
            thread.join();
        }
    }

    /// Waits until nothing waits or runs, and counts what finished.
    Count count() throws InterruptedException {
        while (live() > 0) {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
        Map<String, Integer> finished = new HashMap<>();
        var ended = EnumSet.allOf(JobStatus.class);
        ended.removeIf(JobStatus::isLive);
        var query = JobQuery.ALL.in(ended).withLimit(PAGE);
        for (var page = cluster.client().jobs(query); ; page = cluster.client().jobs(query.after(page.next()))) {
            for (JobDocument job : page.items()) {
                finished.merge(job.id(), 1, Integer::sum);
            }
            if (page.next() == null) {
                break;
            }
        }
        return new Count(
                accepted.size(),
                accepted.stream().filter(id -> !finished.containsKey(id)).count(),
                finished.values().stream().filter(times -> times > 1).count());
    }

    private long live() throws InterruptedException {
        return cluster.client().cluster().counts().entrySet().stream()
                .filter(each -> each.getKey().isLive())
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
