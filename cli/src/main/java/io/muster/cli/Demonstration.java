package io.muster.cli;

import io.muster.client.AuditDocument;
import io.muster.client.AuditRequest;
import io.muster.client.ClusterDocument;
import io.muster.client.JobDocument;
import io.muster.client.MusterClient;
import io.muster.client.MusterException;
import io.muster.client.RefusedException;
import io.muster.encoding.Bytes;
import io.muster.log.NodeId;
import io.muster.node.Pause;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the demonstration shows, step by step, printed as it happens. What it says at the end is read back from the
/// nodes that are left, not remembered.
final class Demonstration {
    private static final long NANOS_PER_MILLI = 1_000_000;

    /// Looking a package up takes microseconds; stretched, there is time to watch and to kill.
    private static final long STRETCH_MILLIS = 180;

    /// The part of the jobs that has ended when the leader is killed, so that the kill falls into the middle.
    private static final double KILL_AT = 0.25;

    /// How long one step may take: the longest takes ten seconds, and some machines are ten times slower.
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final LocalCluster cluster;
    private final MusterClient client;
    private final PrintWriter out;
    private final long beganNanos = System.nanoTime();

    Demonstration(LocalCluster cluster, MusterClient client, PrintWriter out) {
        this.cluster = cluster;
        this.client = client;
        this.out = out;
    }

    /// Runs it and returns the exit code.
    int run(Path shop) throws InterruptedException {
        var before = leader();
        say(before.leader() + " leads in term " + before.term() + "; dashboard: " + dashboard(before.leader()));
        var audit = client.startAudit(
                new AuditRequest("webshop", ManifestFiles.below(shop), 1.0, null, STRETCH_MILLIS, List.of()));
        say(audit.id() + ": " + audit.chosen() + " packages of npm, PyPI, Go and crates.io, one job each, stretched so"
                + " that there is time to watch");
        var accepted = audit;
        watchUntilKill(accepted.id());
        long outage = killLeader(before);
        var after = leader();
        say(after.leader() + " leads in term " + after.term() + "; " + outage
                + " ms from the kill to the next acknowledged write");
        audit = watchToEnd(accepted.id());
        out.println();
        out.print(AuditCommandGroup.findings(audit));
        out.println();
        int result = check(accepted, audit);
        restart(before);
        say("took " + (System.nanoTime() - beganNanos) / NANOS_PER_MILLI / 1_000 + " s");
        return result;
    }

    private ClusterDocument leader() throws InterruptedException {
        long end = patienceFromNow();
        var seen = client.cluster();
        while (seen.leader() == null || seen.workers().isEmpty()) {
            pause(end, "a leader with workers");
            seen = client.cluster();
        }
        return seen;
    }

    private String dashboard(@Nullable String node) {
        return cluster.members().stream()
                .filter(member -> member.id().value().equals(node))
                .map(member -> "http://" + member.api() + "/ (key in " + cluster.adminKey() + ")")
                .findFirst()
                .orElse("-");
    }

    private void watchUntilKill(String id) throws InterruptedException {
        long end = patienceFromNow();
        var audit = client.audit(id);
        long shown = show(audit, -1);
        while (audit.finished() < audit.chosen() * KILL_AT) {
            pause(end, "the first jobs of " + id);
            audit = client.audit(id);
            shown = show(audit, shown);
        }
    }

    private AuditDocument watchToEnd(String id) throws InterruptedException {
        long end = patienceFromNow();
        var audit = client.audit(id);
        long shown = show(audit, -1);
        while (audit.finishedAt() == null) {
            pause(end, "the end of " + id);
            audit = client.audit(id);
            shown = show(audit, shown);
        }
        return audit;
    }

    private long show(AuditDocument audit, long shown) {
        long tenth = audit.finished() * 10 / Math.max(1, audit.chosen());
        if (tenth != shown) {
            say("  " + audit.finished() + " of " + audit.chosen() + " audited, "
                    + audit.findings().size() + " findings");
        }
        return tenth;
    }

    /// Kills the leader's process and returns how many milliseconds later the next write is acknowledged.
    private long killLeader(ClusterDocument before) throws InterruptedException {
        var victim = new NodeId(String.valueOf(before.leader()));
        long pid = cluster.pid(victim).orElse(0L);
        long end = patienceFromNow();
        long killed = System.nanoTime();
        cluster.kill(victim);
        say("SIGKILL to " + victim + ", process " + pid);
        var command = Bytes.utf8("{\"command\":{\"operation\":\"SET\",\"key\":\"demo\",\"value\":\"after the kill\"}}");
        while (true) {
            try {
                client.write("/api/command", command);
                return (System.nanoTime() - killed) / NANOS_PER_MILLI;
            } catch (MusterException e) {
                pause(end, "a write after the kill (" + e.getMessage() + ")");
            }
        }
    }

    /// Reads every job back that the answer to the audit's request named, and counts.
    private int check(AuditDocument accepted, AuditDocument ended) throws InterruptedException {
        List<JobDocument> read = new ArrayList<>();
        for (String id : accepted.jobs()) {
            try {
                read.add(client.job(id));
            } catch (RefusedException e) {
                say("  " + e.getMessage());
            }
        }
        var counts = AuditCounts.of(accepted, ended, read);
        say(accepted.chosen() + " jobs accepted, " + counts.finished() + " finished, read back one by one; "
                + counts.again() + " ran again on another node after the kill");
        say("lost " + counts.lost() + ", counted twice " + counts.twice());
        return counts.isRight() ? 0 : 1;
    }

    /// Starts the killed node again and waits until it has caught up.
    private void restart(ClusterDocument before) throws InterruptedException {
        var victim = new NodeId(String.valueOf(before.leader()));
        cluster.start(victim);
        long end = patienceFromNow();
        long wanted = client.cluster().index();
        while (true) {
            var node = client.cluster().nodes().stream()
                    .filter(seen -> seen.node().equals(victim.value()))
                    .findFirst();
            if (node.isPresent() && node.get().applied() >= wanted) {
                say(victim + " is back and has applied " + node.get().applied() + " entries");
                return;
            }
            pause(end, victim + " to catch up");
        }
    }

    private static long patienceFromNow() {
        return System.nanoTime() + PATIENCE.toNanos();
    }

    /// Waits a little for what the nodes do; says so when one of them ended that was not killed, or when it takes past
    /// `endNanos`.
    private void pause(long endNanos, String awaited) throws InterruptedException {
        cluster.requireRunning();
        if (System.nanoTime() - endNanos > 0) {
            throw new CannotDo(
                    ExitCode.BAD,
                    "waited " + PATIENCE.toSeconds() + " s in vain for " + awaited
                            + "; what the nodes printed is beside " + cluster.adminKey());
        }
        Pause.shortly();
    }

    private void say(String line) {
        say(out, line);
    }

    /// Prints a line at once.
    static void say(PrintWriter out, String line) {
        out.println(line);
        out.flush();
    }
}
