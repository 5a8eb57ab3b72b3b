package io.muster.state;

import io.muster.access.AccessCommand;
import io.muster.access.KeyRecord;
import io.muster.access.Role;
import io.muster.audits.AuditPayload;
import io.muster.audits.Share;
import io.muster.audits.StartAudit;
import io.muster.encoding.Bytes;
import io.muster.jobs.Capacity;
import io.muster.jobs.JobCommand;
import io.muster.jobs.JobFilter;
import io.muster.jobs.JobId;
import io.muster.jobs.JobSpec;
import io.muster.jobs.JobState;
import io.muster.jobs.JobView;
import io.muster.jobs.Labels;
import io.muster.jobs.RunEnding;
import io.muster.jobs.WorkResult;
import io.muster.log.Envelope;
import io.muster.log.NodeId;
import io.muster.values.ValueCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Draws commands of every ledger, from few names so that they meet; some bodies are damaged.
final class RandomEnvelopes {
    private static final Labels DATABASE = Labels.of(AuditPayload.DATABASE_LABEL + "=abababababab");

    private final Random random;
    private final ClusterState seen;

    /// @param seen what to choose jobs from: the state of one of the machines
    RandomEnvelopes(Random random, ClusterState seen) {
        this.random = random;
        this.seen = seen;
    }

    Envelope next() {
        var envelope = switch (random.nextInt(12)) {
            case 0, 1, 2 -> StateLog.of(submit());
            case 3, 4 -> StateLog.of(report());
            case 5 -> StateLog.of(join());
            case 6 -> StateLog.of(new JobCommand.LoseWorker(worker(), incarnation(), "silent"));
            case 7 -> StateLog.of(value());
            case 8 -> StateLog.of(audit());
            case 9 -> StateLog.of(key());
            case 10 -> StateLog.of(new JobCommand.Cancel(List.of(anyJob())));
            default -> StateLog.of(new ClusterCommand.Tick());
        };
        String principal = random.nextBoolean() ? "" : "ops-" + random.nextInt(3);
        String key = random.nextInt(4) > 0 ? "" : "key-" + random.nextInt(20);
        return StateLog.asked(random.nextInt(8) == 0 ? damaged(envelope) : envelope, principal, key);
    }

    /// A bit flipped, a byte lost or one too many, wherever it may be.
    private Envelope damaged(Envelope envelope) {
        byte[] bytes = envelope.body().array();
        var changed = new byte[Math.max(0, bytes.length + random.nextInt(3) - 1)];
        System.arraycopy(bytes, 0, changed, 0, Math.min(bytes.length, changed.length));
        if (changed.length > 0) {
            changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return new Envelope(envelope.kind(), 1, "", "", "", Bytes.wrap(changed));
    }

    private JobCommand submit() {
        var specs = new ArrayList<JobSpec>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            specs.add(JobSpec.of("noop", "queue-" + random.nextInt(3), Bytes.utf8("{}"))
                    .withPriority(random.nextInt(101))
                    .withDelayMillis(random.nextInt(3) == 0 ? random.nextInt(2_000) : 0));
        }
        return new JobCommand.Submit(specs);
    }

    private JobCommand report() {
        var results = new ArrayList<WorkResult>();
        for (JobView job : page()) {
            if (job.state() instanceof JobState.Claimed(var claim) && random.nextBoolean()) {
                results.add(new WorkResult(job.id(), claim.attempt(), ending()));
            }
        }
        return new JobCommand.ReportWork(worker(), incarnation(), results, List.of());
    }

    private RunEnding ending() {
        return switch (random.nextInt(3)) {
            case 0 -> new RunEnding.Failure("it broke", RunEnding.RetryAdvice.RETRY);
            case 1 -> new RunEnding.Released();
            default -> new RunEnding.Success(Bytes.utf8("{}"));
        };
    }

    private JobCommand join() {
        return new JobCommand.JoinWorker(
                worker(), incarnation(), Capacity.of(random.nextInt(5), DATABASE, List.of("noop", AuditPayload.TYPE)));
    }

    private ValueCommand value() {
        String key = "k" + random.nextInt(5);
        return random.nextInt(3) == 0
                ? new ValueCommand.Delete(key)
                : new ValueCommand.Set(key, Bytes.utf8(Integer.toString(random.nextInt())));
    }

    private StartAudit audit() {
        var packages = new ArrayList<String>();
        for (int i = random.nextInt(6); i >= 0; i--) {
            packages.add("pkg:npm/p" + i + "@" + random.nextInt(3));
        }
        return new StartAudit("", Tampering.DATABASE, Share.of(0.1 + random.nextInt(9) / 10.0), 0, packages);
    }

    private AccessCommand key() {
        String id = String.format("%012x", random.nextInt(10));
        return random.nextInt(3) == 0
                ? new AccessCommand.RevokeKey(id)
                : new AccessCommand.AddKey(new KeyRecord(id, "ops", Role.OPERATOR, "", Bytes.wrap(new byte[32]), ""));
    }

    private JobId anyJob() {
        var page = page();
        return page.isEmpty()
                ? JobId.of(1, 0)
                : page.get(random.nextInt(page.size())).id();
    }

    private List<JobView> page() {
        return seen.jobs().page(JobFilter.ALL, new JobId(0), 20).jobs();
    }

    private NodeId worker() {
        return new NodeId("worker-" + random.nextInt(3));
    }

    private long incarnation() {
        return random.nextLong(1, 3);
    }
}
