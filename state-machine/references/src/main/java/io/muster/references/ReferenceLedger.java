package io.muster.references;

import io.muster.encoding.Bytes;
import io.muster.encoding.Digest;
import io.muster.log.CommandKind;
import io.muster.log.Envelope;
import io.muster.log.FrozenSection;
import io.muster.log.Ledger;
import io.muster.log.LogTime;
import io.muster.log.ReplyCodec;
import io.muster.log.Stamp;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The outputs of jobs, the sets of advisories, and the objects that they name.
///
/// An object is in the ledger from the first that names it until [ReferenceLimits#GRACE_MICROS] after the last. What is
/// in the ledger, every node keeps or fetches.
public final class ReferenceLedger implements Ledger<ReferenceCommand> {
    private final ObjectUses uses;
    private final NamedObjects objects = new NamedObjects();

    /// By job, the one first that was kept first.
    private final LinkedHashMap<String, KeptOutput> outputs = new LinkedHashMap<>();

    /// By the digest of the database, the one last that was published last.
    private final LinkedHashMap<String, PublishedSet> sets = new LinkedHashMap<>();

    private String current = "";
    private long tailBytes;

    /// An output, and the elapsed log time since which it is kept.
    record KeptOutput(JobOutput output, long sinceMicros) {}

    public ReferenceLedger(ObjectUses uses) {
        this.uses = uses;
    }

    @Override
    public String name() {
        return "references";
    }

    @Override
    public List<CommandKind<ReferenceCommand>> kinds() {
        return ReferenceCommands.KINDS;
    }

    @Override
    public ReferenceReply apply(Stamp stamp, ReferenceCommand command, Envelope envelope) {
        return apply(stamp, command, envelope.principal());
    }

    /// Carries out a command that `principal` asked for.
    ReferenceReply apply(Stamp stamp, ReferenceCommand command, String principal) {
        return switch (command) {
            case ReferenceCommand.KeepOutput(var output, var proven) -> keep(stamp, output, proven, principal);
            case ReferenceCommand.PublishAdvisories(var set, var proven) -> publish(stamp, set, proven, principal);
            case ReferenceCommand.Mark() -> new ReferenceReply.Marked();
        };
    }

    private ReferenceReply keep(Stamp stamp, JobOutput output, long proven, String principal) {
        if (!uses.isRunBy(output.job(), output.attempt(), output.worker())) {
            return new ReferenceReply.NotRunning(output.job(), output.attempt());
        }
        if (output.fullText() instanceof FullText.InObject(var id)) {
            var refusal = objects.refusal(id, principal);
            if (refusal.isPresent()) {
                return refusal.get();
            }
            if (isTooOld(stamp, proven)) {
                return new ReferenceReply.ProofTooOld();
            }
            objects.refer(id, principal);
        }
        forget(output.job(), stamp.elapsedMicros());
        remember(new KeptOutput(output, stamp.elapsedMicros()));
        while (outputs.size() > ReferenceLimits.MAX_OUTPUTS || tailBytes > ReferenceLimits.MAX_TAILS_BYTES) {
            forget(outputs.firstEntry().getKey(), stamp.elapsedMicros());
        }
        return new ReferenceReply.Kept();
    }

    private ReferenceReply publish(Stamp stamp, AdvisorySet set, long proven, String principal) {
        var refusal = objects.refusal(set.object(), principal);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        if (sets.size() >= ReferenceLimits.MAX_SETS && !sets.containsKey(set.database())) {
            return new ReferenceReply.Full(
                    ReferenceReply.Room.IN_TOTAL, "audits still use " + sets.size() + " older sets of advisories");
        }
        if (isTooOld(stamp, proven)) {
            return new ReferenceReply.ProofTooOld();
        }
        objects.refer(set.object(), principal);
        current().ifPresent(before -> objects.release(before.set().object(), stamp.elapsedMicros()));
        sets.remove(set.database());
        sets.put(set.database(), new PublishedSet(set, stamp.micros(), principal));
        current = set.database();
        return new ReferenceReply.Published();
    }

    private static boolean isTooOld(Stamp stamp, long proven) {
        return stamp.elapsedMicros() - proven > ReferenceLimits.PROOF_LIFE_MICROS;
    }

    private void remember(KeptOutput kept) {
        outputs.put(kept.output().job(), kept);
        tailBytes += kept.output().tail().size();
    }

    private void forget(String job, long elapsedMicros) {
        KeptOutput kept = outputs.remove(job);
        if (kept == null) {
            return;
        }
        tailBytes -= kept.output().tail().size();
        if (kept.output().fullText() instanceof FullText.InObject(var id)) {
            objects.release(id, elapsedMicros);
        }
    }

    /// Forgets what is over: outputs of jobs that nobody remembers, then objects that nothing names.
    @Override
    public void advance(Stamp stamp) {
        long elapsed = stamp.elapsedMicros();
        while (isOutputDue(elapsed)) {
            KeptOutput oldest = outputs.firstEntry().getValue();
            if (uses.isRemembered(oldest.output().job())) {
                outputs.remove(oldest.output().job());
                outputs.put(oldest.output().job(), new KeptOutput(oldest.output(), elapsed));
            } else {
                forget(oldest.output().job(), elapsed);
            }
        }
        for (var due = objects.due(elapsed); due.isPresent(); due = objects.due(elapsed)) {
            collect(due.get(), elapsed);
        }
    }

    private boolean isOutputDue(long elapsedMicros) {
        return !outputs.isEmpty()
                && outputs.firstEntry().getValue().sinceMicros() + ReferenceLimits.OUTPUT_LIFE_MICROS <= elapsedMicros;
    }

    private void collect(NamedObject object, long elapsedMicros) {
        var of = sets.values().stream()
                .filter(published -> published.set().object().equals(object.id()))
                .toList();
        if (of.stream().anyMatch(published -> uses.isAudited(published.set().database()))) {
            objects.keep(object, elapsedMicros);
            return;
        }
        of.forEach(published -> sets.remove(published.set().database()));
        objects.forget(object);
    }

    @Override
    public boolean isDueAt(LogTime time) {
        return isOutputDue(time.elapsedMicros())
                || objects.due(time.elapsedMicros()).isPresent();
    }

    /// What the last run of a job that kept any has printed.
    public Optional<JobOutput> output(String job) {
        return Optional.ofNullable(outputs.get(job)).map(KeptOutput::output);
    }

    /// The set of advisories that audits use.
    public Optional<PublishedSet> current() {
        return Optional.ofNullable(sets.get(current));
    }

    /// The set of that digest, if it is still there.
    public Optional<PublishedSet> set(String database) {
        return Optional.ofNullable(sets.get(database));
    }

    /// All sets that are still there, oldest first.
    public List<PublishedSet> sets() {
        return List.copyOf(sets.values());
    }

    /// All objects that every node keeps.
    public List<NamedObject> objects() {
        return objects.inOrder();
    }

    /// The object of that digest.
    public Optional<NamedObject> object(String digest) {
        return objects.find(digest);
    }

    /// How many objects there are.
    public int objectCount() {
        return objects.count();
    }

    /// Their bytes.
    public long objectBytes() {
        return objects.bytes();
    }

    @Override
    public long digest(int level) {
        var digest = new Digest().add(tailBytes).add(current);
        objects.addTo(digest);
        outputs.values()
                .forEach(kept -> digest.add(kept.output().job())
                        .add(kept.output().attempt())
                        .add(kept.output().written())
                        .add(kept.sinceMicros()));
        sets.values()
                .forEach(published -> digest.add(published.set().database()).add(published.publishedMicros()));
        return digest.value();
    }

    @Override
    public ReplyCodec replies() {
        return new ReferenceReplyCodec();
    }

    @Override
    public FrozenSection freeze() {
        return new ReferenceSection(
                objects.inOrder(), List.copyOf(outputs.values()), List.copyOf(sets.values()), current);
    }

    @Override
    public void fill(Iterable<Bytes> chunks) {
        ReferenceSection.fill(this, chunks);
    }

    /// Puts back what a snapshot holds.
    void restore(NamedObject object) {
        objects.restore(object);
    }

    /// Puts back what a snapshot holds.
    void restore(KeptOutput kept) {
        remember(kept);
    }

    /// Puts back what a snapshot holds.
    void restore(PublishedSet published) {
        sets.put(published.set().database(), published);
    }

    /// Puts back what a snapshot holds.
    void restoreCurrent(String database) {
        current = database;
    }

    /// Outputs as they are kept; for a test that recounts.
    Map<String, KeptOutput> outputs() {
        return outputs;
    }
}
