package io.muster.api;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.muster.jobs.JobState;
import io.muster.jobs.QueueView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What stands in the queues, as gauges. Callers name queues, and each name is a series: the fullest are shown by name,
/// and all others together.
final class QueueMetricsCollector {
    /// Queues shown by their name: more than a person looks at, and few enough to store for a year.
    static final int MAX_NAMED = 100;

    /// What stands for all other queues; no queue can bear the name.
    static final String OTHERS = "(others)";

    private final MultiGauge jobs;
    private final MultiGauge oldest;

    QueueMetricsCollector(MeterRegistry registry) {
        jobs = MultiGauge.builder("muster.jobs")
                .description("Live jobs and dead letters, by queue and state")
                .register(registry);
        oldest = MultiGauge.builder("muster.job.oldest.waiting")
                .baseUnit("seconds")
                .description("How long the oldest ready job has waited")
                .register(registry);
    }

    /// What one row of each gauge shows: the figures of a queue, or the sum of several.
    private static final class Row {
        private final Map<JobState.Kind, Long> counts = new EnumMap<>(JobState.Kind.class);
        private long waitedMicros = -1;

        void add(QueueView queue, long nowMicros) {
            queue.counts().forEach((kind, count) -> counts.merge(kind, count, Long::sum));
            if (queue.oldest() instanceof QueueView.Oldest.OldestJob(var _, long sinceMicros)) {
                waitedMicros = Math.max(waitedMicros, Math.max(0, nowMicros - sinceMicros));
            }
        }
    }

    /// Shows these queues from now on; `nowMicros` is the log time at which they stood so.
    void show(List<QueueView> queues, long nowMicros) {
        var fullest = new ArrayList<>(queues);
        fullest.sort(Comparator.comparingLong(QueueMetricsCollector::jobsInLedger)
                .reversed()
                .thenComparing(QueueView::name));
        var jobRows = new ArrayList<MultiGauge.Row<?>>();
        var oldestRows = new ArrayList<MultiGauge.Row<?>>();
        var others = new Row();
        for (int place = 0; place < fullest.size(); place++) {
            QueueView queue = fullest.get(place);
            Row row = place < MAX_NAMED ? new Row() : others;
            row.add(queue, nowMicros);
            if (row != others) {
                add(queue.name(), row, jobRows, oldestRows);
            }
        }
        if (fullest.size() > MAX_NAMED) {
            add(OTHERS, others, jobRows, oldestRows);
        }
        jobs.register(jobRows, true);
        oldest.register(oldestRows, true);
    }

    private static void add(String name, Row row, List<MultiGauge.Row<?>> jobRows, List<MultiGauge.Row<?>> oldestRows) {
        for (JobState.Kind kind : JobState.Kind.values()) {
            if (isShown(kind)) {
                var tags = Tags.of("queue", name, "state", kind.name().toLowerCase(Locale.ROOT));
                jobRows.add(MultiGauge.Row.of(tags, row.counts.getOrDefault(kind, 0L)));
            }
        }
        if (row.waitedMicros >= 0) {
            oldestRows.add(MultiGauge.Row.of(Tags.of("queue", name), row.waitedMicros / 1e6));
        }
    }

    private static long jobsInLedger(QueueView queue) {
        long count = 0;
        for (var entry : queue.counts().entrySet()) {
            count += isShown(entry.getKey()) ? entry.getValue() : 0;
        }
        return count;
    }

    private static boolean isShown(JobState.Kind kind) {
        return kind.isInLedger();
    }
}
