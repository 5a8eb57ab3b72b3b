package io.muster.jobs;

import io.muster.log.NodeId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Cuts what a worker reports into commands that fit into log entries. A worker may say more in one exchange than an
/// entry holds, and each part counts by itself: the next exchange says again what was refused.
public final class ReportParts {
    private final NodeId worker;
    private final long incarnation;
    private final List<JobCommand.ReportWork> parts = new ArrayList<>();
    private List<WorkResult> results = new ArrayList<>();
    private List<Checkpoint> checkpoints = new ArrayList<>();
    private int bytes;

    private ReportParts(NodeId worker, long incarnation) {
        this.worker = worker;
        this.incarnation = incarnation;
    }

    /// The commands, none for nothing, each of at most [JobLimits#MAX_REPORT_BYTES]. What one attempt saved stands in
    /// the same command as its end: it must be kept for the next attempt before the job is given away. Of several
    /// ends of an attempt the first counts, of several checkpoints the last.
    public static List<JobCommand.ReportWork> of(
            NodeId worker, long incarnation, List<WorkResult> results, List<Checkpoint> checkpoints) {
        var news = new LinkedHashMap<Inventory.Attempt, News>();
        for (Checkpoint checkpoint : checkpoints) {
            news.computeIfAbsent(new Inventory.Attempt(checkpoint.job(), checkpoint.attempt()), _ -> new News())
                    .checkpoint = checkpoint;
        }
        for (WorkResult result : results) {
            var known = news.computeIfAbsent(new Inventory.Attempt(result.job(), result.attempt()), _ -> new News());
            known.result = known.result == null ? result : known.result;
        }
        return new ReportParts(worker, incarnation).cut(news);
    }

    /// What is new about one attempt.
    private static final class News {
        private @Nullable WorkResult result;
        private @Nullable Checkpoint checkpoint;

        int bytes() {
            return (result == null ? 0 : WorkCodec.mostBytes(result))
                    + (checkpoint == null ? 0 : WorkCodec.mostBytes(checkpoint));
        }
    }

    private List<JobCommand.ReportWork> cut(Map<Inventory.Attempt, News> news) {
        for (News next : news.values()) {
            if (bytes + next.bytes() > JobLimits.MAX_REPORT_BYTES - WorkCodec.REPORT_OVERHEAD_BYTES) {
                close();
            }
            bytes += next.bytes();
            if (next.result != null) {
                results.add(next.result);
            }
            if (next.checkpoint != null) {
                checkpoints.add(next.checkpoint);
            }
        }
        close();
        return parts;
    }

    private void close() {
        if (results.isEmpty() && checkpoints.isEmpty()) {
            return;
        }
        parts.add(new JobCommand.ReportWork(worker, incarnation, results, checkpoints));
        results = new ArrayList<>();
        checkpoints = new ArrayList<>();
        bytes = 0;
    }
}
