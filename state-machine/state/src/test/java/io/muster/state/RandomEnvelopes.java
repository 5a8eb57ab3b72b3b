package io.muster.state;

import io.muster.access.AccessCommand;
import io.muster.access.KeyRecord;
import io.muster.access.Role;
import io.muster.audits.AuditId;
import io.muster.audits.AuditPayload;
import io.muster.audits.CancelAudit;
import io.muster.audits.Share;
import io.muster.audits.StartAudit;
import io.muster.encoding.Bytes;
import io.muster.jobs.Capacity;
import io.muster.jobs.Checkpoint;
import io.muster.jobs.Concurrency;
import io.muster.jobs.JobCommand;
import io.muster.jobs.JobFilter;
import io.muster.jobs.JobId;
import io.muster.jobs.JobSpec;
import io.muster.jobs.JobState;
import io.muster.jobs.JobView;
import io.muster.jobs.Labels;
import io.muster.jobs.QueueSettings;
import io.muster.jobs.RetryPolicy;
import io.muster.jobs.RunEnding;
import io.muster.jobs.WorkResult;
import io.muster.jobs.WorkerView;
import io.muster.log.Envelope;
import io.muster.log.NodeId;
import io.muster.log.Reply;
import io.muster.references.AdvisorySet;
import io.muster.references.FullText;
import io.muster.references.JobOutput;
import io.muster.references.ObjectId;
import io.muster.references.ReferenceCommand;
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
        var envelope = switch (random.nextInt(17)) {
            case 0, 1, 2 -> StateLog.of(submit());
            case 3, 4, 5 -> StateLog.of(report());
            case 6 -> StateLog.of(join());
            case 7, 8 -> StateLog.of(aboutWorker());
            case 9 -> StateLog.of(value());
            case 10 -> StateLog.of(random.nextInt(3) == 0 ? new CancelAudit(anyAudit()) : audit());
            case 11 -> StateLog.of(key());
            case 12 -> StateLog.of(byId());
            case 13 -> StateLog.of(bulk());
            case 14 -> StateLog.of(configure());
            case 15 -> reference();
            default -> StateLog.of(new ClusterCommand.Tick());
        };
        String principal = random.nextBoolean() ? "" : "ops-" + random.nextInt(3);
        String key = random.nextInt(4) > 0 ? "" : "key-" + random.nextInt(20);
        boolean isDamaged = random.nextInt(8) == 0 && envelope.kind() != ClusterCommands.RAISE_FEATURE_LEVEL.number();
        return StateLog.asked(isDamaged ? damaged(envelope) : envelope, principal, key);
    }

    /// Puts some of them, or a new leader, into `log` as its next batch.
    List<Reply> step(StateLog log) {
        if (random.nextInt(15) == 0) {
            log.lead("worker-" + random.nextInt(3));
            return List.of(new StateReply.Done());
        }
        var batch = new Envelope[1 + random.nextInt(6)];
        for (int i = 0; i < batch.length; i++) {
            batch[i] = next();
        }
        return log.applyBatch(batch);
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

    /// Names objects, once the level allows it.
    private Envelope reference() {
        long now = seen.time().elapsedMicros();
        var object = new ObjectId(String.format("%064x", random.nextInt(6)), 1_000);
        return switch (random.nextInt(8)) {
            case 0 -> StateLog.of(new ClusterCommand.RaiseFeatureLevel(ClusterState.FEATURE_LEVEL));
            case 1 -> StateLog.of(new ReferenceCommand.Mark());
            case 2, 3 ->
                StateLog.of(new ReferenceCommand.PublishAdvisories(
                        new AdvisorySet(String.format("%064x", random.nextInt(4)), object, 7), now));
            default -> StateLog.of(new ReferenceCommand.KeepOutput(output(object), now));
        };
    }

    /// Of a run, if any runs.
    private JobOutput output(ObjectId object) {
        String job = "job-none";
        int attempt = 1;
        String worker = "worker-0";
        for (JobView each : page()) {
            if (each.state() instanceof JobState.Claimed(var claim) && random.nextBoolean()) {
                job = each.id().toString();
                attempt = claim.attempt();
                worker = claim.worker().value();
            }
        }
        return new JobOutput(job, attempt, worker, 3, Bytes.utf8("end"), new FullText.InObject(object));
    }

    private JobCommand submit() {
        var specs = new ArrayList<JobSpec>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            specs.add(spec());
        }
        return new JobCommand.Submit(specs);
    }

    private JobSpec spec() {
        var spec = JobSpec.of("noop", "queue-" + random.nextInt(3), Bytes.utf8("{}"))
                .withPriority(random.nextInt(101))
                .withDelayMillis(random.nextInt(3) == 0 ? random.nextInt(2_000) : 0);
        return switch (random.nextInt(8)) {
            case 0 -> spec.withAffinity("repo-" + random.nextInt(3));
            case 1 -> spec.withConcurrency(new Concurrency("site-" + random.nextInt(2), 1 + random.nextInt(2)));
            case 2 -> spec.withUniqueKey("unique-" + random.nextInt(5));
            case 3 -> spec.withLabels(DATABASE);
            case 4 -> spec.withRetry(RetryPolicy.NEVER);
            case 5 -> spec.withTimeoutMillis(1 + random.nextInt(5_000));
            default -> spec;
        };
    }

    /// What a worker that works says, or one that mixes things up.
    private JobCommand report() {
        var results = new ArrayList<WorkResult>();
        var checkpoints = new ArrayList<Checkpoint>();
        NodeId worker = worker();
        long incarnation = incarnation();
        for (JobView job : page()) {
            if (job.state() instanceof JobState.Claimed(var claim) && random.nextBoolean()) {
                worker = claim.worker();
                incarnation = claim.incarnation();
                if (random.nextInt(4) == 0) {
                    checkpoints.add(new Checkpoint(job.id(), claim.attempt(), Bytes.utf8("at " + random.nextInt(9))));
                } else {
                    results.add(new WorkResult(job.id(), claim.attempt(), ending()));
                }
            }
        }
        return new JobCommand.ReportWork(worker, incarnation, results, checkpoints);
    }

    private RunEnding ending() {
        return switch (random.nextInt(3)) {
            case 0 -> new RunEnding.Failure("it broke", RunEnding.RetryAdvice.RETRY);
            case 1 -> new RunEnding.Released();
            default -> new RunEnding.Success(Bytes.utf8("{}"));
        };
    }

    private JobCommand join() {
        return new JobCommand.JoinWorker(worker(), incarnation(), capacity());
    }

    private Capacity capacity() {
        return Capacity.of(random.nextInt(5), DATABASE, List.of("noop", AuditPayload.TYPE));
    }

    private JobCommand aboutWorker() {
        NodeId worker = worker();
        long incarnation =
                seen.jobs().worker(worker).map(WorkerView::incarnation).orElse(1L);
        return switch (random.nextInt(6)) {
            case 0, 1 -> new JobCommand.LoseWorker(worker, incarnation, "silent");
            case 2 -> new JobCommand.SuspendWorker(worker, incarnation);
            case 3 -> new JobCommand.ResumeWorker(worker, incarnation);
            case 4 -> new JobCommand.LeaveWorker(worker, incarnation, "it drained and went");
            default -> new JobCommand.ChangeWorker(worker, incarnation, capacity());
        };
    }

    private JobCommand byId() {
        return switch (random.nextInt(3)) {
            case 0 -> new JobCommand.Retry(List.of(anyJob()));
            case 1 -> new JobCommand.Purge(List.of(anyJob()));
            default -> new JobCommand.Cancel(List.of(anyJob()));
        };
    }

    private JobCommand bulk() {
        return switch (random.nextInt(3)) {
            case 0 -> bulk(JobCommand.BulkAct.RETRY, JobState.Kind.DEAD);
            case 1 -> bulk(JobCommand.BulkAct.PURGE, JobState.Kind.DEAD);
            default -> bulk(JobCommand.BulkAct.CANCEL, JobState.Kind.SCHEDULED);
        };
    }

    private JobCommand bulk(JobCommand.BulkAct act, JobState.Kind kind) {
        var filter = new JobFilter(JobFilter.Scope.of(kind), "queue-" + random.nextInt(3), "");
        return new JobCommand.Bulk(act, filter, new JobId(0), anyJob(), 1 + random.nextInt(5));
    }

    private JobCommand configure() {
        var flow = random.nextInt(3) == 0 ? QueueSettings.Flow.PAUSED : QueueSettings.Flow.OPEN;
        var rules = QueueSettings.LeaderWorks.values();
        var settings = new QueueSettings(1 + random.nextInt(4), rules[random.nextInt(rules.length)], flow);
        return new JobCommand.ConfigureQueue("queue-" + random.nextInt(4), settings);
    }

    private AuditId anyAudit() {
        var audits = seen.audits().newest(5);
        return audits.isEmpty()
                ? new AuditId(1)
                : audits.get(random.nextInt(audits.size())).id();
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
        return random.nextLong(1, 4);
    }
}
