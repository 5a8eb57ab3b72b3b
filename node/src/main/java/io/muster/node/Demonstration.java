package io.muster.node;

import io.muster.client.AuditView;
import io.muster.client.ClusterView;
import io.muster.client.JobState;
import io.muster.client.JobView;
import io.muster.client.MusterClient;
import io.muster.client.MusterException;
import io.muster.cluster.NodeId;
import io.muster.encoding.Bytes;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the demonstration shows, step by step, printed as it happens. What it says at the end is read back from the
/// nodes that are left, not remembered.
final class Demonstration {
    private static final long NANOS_PER_MILLI = 1_000_000;

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
        var audit = client.startAudit(DemoCommand.request(shop));
        say(audit.id() + ": " + audit.chosen() + " packages of npm, PyPI, Go and crates.io, one job each, stretched so"
                + " that there is time to watch");
        audit = watchUntilKill(audit.id());
        long outage = killLeader(before);
        var after = leader();
        say(after.leader() + " leads in term " + after.term() + "; " + outage
                + " ms from the kill to the next acknowledged write");
        audit = watchToEnd(audit.id());
        out.println();
        out.print(DemoCommand.findings(audit));
        out.println();
        int result = check(audit);
        restart(before);
        say("took " + (System.nanoTime() - beganNanos) / NANOS_PER_MILLI / 1_000 + " s; dashboard "
                + dashboard(after.leader()) + " while the cluster runs");
        return result;
    }

    private ClusterView leader() throws InterruptedException {
        var seen = client.cluster();
        while (seen.leader() == null || seen.workers().isEmpty()) {
            pause();
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

    private AuditView watchUntilKill(String id) throws InterruptedException {
        long shown = -1;
        while (true) {
            var audit = client.audit(id);
            shown = show(audit, shown);
            if (DemoCommand.isTimeToKill(audit)) {
                return audit;
            }
            pause();
        }
    }

    private AuditView watchToEnd(String id) throws InterruptedException {
        long shown = -1;
        while (true) {
            var audit = client.audit(id);
            shown = show(audit, shown);
            if (audit.finishedAt() != null) {
                return audit;
            }
            pause();
        }
    }

    private long show(AuditView audit, long shown) {
        long tenth = audit.finished() * 10 / Math.max(1, audit.chosen());
        if (tenth != shown) {
            say("  " + audit.finished() + " of " + audit.chosen() + " audited, "
                    + audit.findings().size() + " findings");
        }
        return tenth;
    }

    /// Kills the leader's process and returns how many milliseconds later the next write is acknowledged.
    private long killLeader(ClusterView before) throws InterruptedException {
        var victim = new NodeId(String.valueOf(before.leader()));
        long pid = cluster.pid(victim).orElse(0L);
        long killed = System.nanoTime();
        cluster.kill(victim);
        say("SIGKILL to " + victim + ", process " + pid);
        var command = Bytes.utf8("{\"command\":{\"operation\":\"SET\",\"key\":\"demo\",\"value\":\"after the kill\"}}");
        while (true) {
            try {
                client.write("/api/command", command);
                return (System.nanoTime() - killed) / NANOS_PER_MILLI;
            } catch (MusterException e) {
                pause();
            }
        }
    }

    /// Reads every accepted job back and counts.
    private int check(AuditView audit) throws InterruptedException {
        List<String> lost = new ArrayList<>();
        Set<String> packages = new HashSet<>();
        int twice = 0;
        int again = 0;
        for (String id : audit.jobs()) {
            JobView job = client.job(id);
            if (job.state() != JobState.SUCCEEDED) {
                lost.add(id);
            }
            again += job.attempt() > 1 ? 1 : 0;
            twice += job.payload() != null && packages.add(job.payload().text()) ? 0 : 1;
        }
        twice += (int) (audit.finished() - new HashSet<>(audit.jobs()).size());
        say(audit.jobs().size() + " jobs accepted, " + (audit.jobs().size() - lost.size())
                + " finished, read back one by one; " + again + " ran again on another node after the kill");
        say("lost " + lost.size() + ", counted twice " + twice);
        lost.forEach(id -> say("  lost: " + id));
        return lost.isEmpty() && twice == 0 ? 0 : 1;
    }

    /// Starts the killed node again and waits until it has caught up.
    private void restart(ClusterView before) throws InterruptedException {
        var victim = new NodeId(String.valueOf(before.leader()));
        cluster.start(victim);
        long wanted = client.cluster().index();
        while (true) {
            var node = client.cluster().nodes().stream()
                    .filter(seen -> seen.node().equals(victim.value()))
                    .findFirst();
            if (node.isPresent() && node.get().applied() >= wanted) {
                say(victim + " is back and has applied " + node.get().applied() + " entries");
                return;
            }
            pause();
        }
    }

    /// Waits a little for what the nodes do; says so when one of them ended that was not killed.
    private void pause() throws InterruptedException {
        cluster.requireRunning();
        Pause.shortly();
    }

    private void say(String line) {
        DemoCommand.say(out, line);
    }
}
