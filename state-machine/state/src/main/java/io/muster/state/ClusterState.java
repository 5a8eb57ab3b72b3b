package io.muster.state;

import io.muster.access.AccessLedger;
import io.muster.access.Act;
import io.muster.audits.AuditLedger;
import io.muster.encoding.BinaryReader;
import io.muster.encoding.BinaryWriter;
import io.muster.encoding.Bytes;
import io.muster.encoding.Digest;
import io.muster.encoding.Invariant;
import io.muster.encoding.MalformedException;
import io.muster.jobs.JobLedger;
import io.muster.log.CommandKind;
import io.muster.log.CommittedBatch;
import io.muster.log.Entries;
import io.muster.log.Envelope;
import io.muster.log.FrozenSection;
import io.muster.log.FrozenState;
import io.muster.log.Ledger;
import io.muster.log.LogCommand;
import io.muster.log.LogTime;
import io.muster.log.NodeId;
import io.muster.log.OneRecord;
import io.muster.log.Reply;
import io.muster.log.SectionReader;
import io.muster.log.Stamp;
import io.muster.references.ReferenceLedger;
import io.muster.values.ValueLedger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Everything the cluster knows. One thread owns it; reads happen on that thread too.
public final class ClusterState {
    /// The highest feature level that this version of Muster can follow.
    public static final int FEATURE_LEVEL = 2;

    /// Nodes compare digests after this many entries.
    public static final long DIGEST_EVERY = 10_000;

    private static final int VERSION = 2;
    private static final String OWN_SECTION = "state";

    private final Ledgers ledgers = new Ledgers(this::tell);
    private final ClusterLedger cluster;
    private final List<Ledger<?>> all;
    private final Kinds kinds;
    private final Repetitions repetitions = new Repetitions();
    private final RecentBatches recent = new RecentBatches();
    private final Change.Listener listener;

    /// Every command so far, and when it came.
    private Digest history = new Digest();

    private long appliedIndex;
    private long term;
    private @Nullable NodeId leader;
    private Stamp now = Stamp.ZERO;
    private int changesOfEntry;

    /// An empty state that tells `listener` what changes.
    public ClusterState(Change.Listener listener) {
        this(listener, FEATURE_LEVEL, List.of());
    }

    /// @param supportedLevel the highest feature level that this node can follow
    /// @param further ledgers of a test, behind those of the cluster
    ClusterState(Change.Listener listener, int supportedLevel, List<Ledger<?>> further) {
        this.listener = listener;
        cluster = new ClusterLedger(supportedLevel);
        all = Stream.of(ledgers.all(), further).flatMap(List::stream).toList();
        kinds = new Kinds(Stream.concat(Stream.of(cluster), all.stream()).toList());
    }

    /// What may stand in the log of this version.
    static Kinds knownKinds() {
        return new ClusterState((_, _, _, _) -> {}).kinds;
    }

    /// Applies the next batch and answers each of its entries, in order.
    ///
    /// Throws [StateException] where this node must not go on.
    public List<Reply> apply(CommittedBatch batch) {
        Invariant.check(batch.firstIndex() == appliedIndex + 1, "batches are applied in order, each once");
        var replies = new ArrayList<Reply>(batch.count());
        switch (batch.content()) {
            case CommittedBatch.Content.Commands(var body) -> {
                var envelopes = Entries.split(body, batch.count());
                for (int i = 0; i < envelopes.size(); i++) {
                    enter(batch, i);
                    replies.add(applyOne(envelopes.get(i)));
                    note(envelopes.get(i));
                    leave();
                }
            }
            case CommittedBatch.Content.TermStart(var newLeader) -> {
                enter(batch, 0);
                term = batch.term();
                leader = newLeader;
                all.forEach(ledger -> ledger.leaderChanged(newLeader));
                tell(new Change.NewTerm(term, newLeader));
                replies.add(new StateReply.Done());
                leave();
            }
            case CommittedBatch.Content.EngineOwn() -> {
                enter(batch, 0);
                replies.add(new StateReply.Done());
                leave();
            }
        }
        recent.add(batch);
        return replies;
    }

    /// The batches that were applied here last.
    public RecentBatches recent() {
        return recent;
    }

    /// The last entry applied; 0 for none.
    public long appliedIndex() {
        return appliedIndex;
    }

    /// Log time of the last entry.
    public LogTime time() {
        return now.time();
    }

    /// The date of the last entry, in microseconds since 1970.
    public long micros() {
        return now.micros();
    }

    /// The term in which the last leader took over, as the log says.
    public long term() {
        return term;
    }

    /// Who leads, as the log says.
    public Optional<NodeId> leader() {
        return Optional.ofNullable(leader);
    }

    /// The ledger of jobs.
    public JobLedger jobs() {
        return ledgers.jobs();
    }

    /// The ledger of values.
    public ValueLedger values() {
        return ledgers.values();
    }

    /// The ledger of access.
    public AccessLedger access() {
        return ledgers.access();
    }

    /// The ledger of audits.
    public AuditLedger audits() {
        return ledgers.audits();
    }

    /// Short for the ledger of references.
    public ReferenceLedger references() {
        return ledgers.references();
    }

    /// The highest version of anything that may stand in the log.
    public int featureLevel() {
        return cluster.featureLevel();
    }

    /// Which history of the log this is: 1 from the founding of a cluster on, another behind each [#begin].
    public long lineage() {
        return cluster.lineage();
    }

    /// Goes on as another history, in a log of its own. Log time goes on from where it stood. Whoever worked is
    /// waited for like after a change of leader, and loses its jobs where it does not come back.
    public void begin(NewLineage next) {
        Invariant.check(next.index() > appliedIndex && next.term() > now.term(), "a new history begins further on");
        appliedIndex = next.index();
        term = next.term();
        leader = null;
        now = new Stamp(next.term(), next.index(), 0, now.time());
        cluster.begin(next.number());
        access().record(now, next.act());
    }

    /// Whether something must happen by itself at log time `time`.
    public boolean isDueAt(LogTime time) {
        return all.stream().anyMatch(ledger -> ledger.isDueAt(time));
    }

    /// A fingerprint of every command so far and of what the ledgers made of them.
    ///
    /// The log holds fingerprints, and a node that replays it must find them again. So a ledger enters
    /// with the feature level from which its commands may stand in the log.
    public long digest() {
        int level = featureLevel();
        var digest = new Digest(history.value());
        inForce().forEach(ledger -> digest.add(ledger.digest(level)));
        return digest.add(repetitions.digest()).value();
    }

    /// The ledgers whose commands may stand in the log by now; the others are empty, and nodes of an older version do
    /// not know them.
    private Stream<Ledger<?>> inForce() {
        int level = featureLevel();
        return all.stream().filter(ledger -> ledger.kinds().stream().anyMatch(kind -> kind.level() <= level));
    }

    /// This node's digests at the last indexes at which nodes compare them.
    public SortedMap<Long, Long> comparable() {
        return cluster.digests().comparable();
    }

    /// The last index at which the log has compared the digests; 0 before the first.
    public long comparedIndex() {
        return cluster.digests().comparedIndex();
    }

    /// Why it is not known whose state is right, as a sentence for people: the last comparison found no
    /// digest that a majority shares.
    public Optional<String> undecided() {
        return cluster.digests().undecided();
    }

    private void enter(CommittedBatch batch, int offset) {
        Invariant.check(batch.time().atLeast(now.time()).equals(batch.time()), "log time never goes back");
        Invariant.check(batch.term() >= now.term(), "a later entry is of no earlier term");
        now = new Stamp(batch.term(), batch.firstIndex() + offset, 0, batch.time());
        changesOfEntry = 0;
        for (Ledger<?> ledger : all) {
            ledger.advance(now);
        }
    }

    private void leave() {
        for (Ledger<?> ledger : all) {
            ledger.settle(now);
        }
        appliedIndex = now.index();
        history.add(now.index()).add(now.micros()).add(now.elapsedMicros());
        if (appliedIndex % DIGEST_EVERY == 0) {
            cluster.digests().remember(appliedIndex, digest());
        }
    }

    private Reply applyOne(Envelope envelope) {
        history.add(envelope.kind()).add(envelope.body());
        var known = kinds.find(envelope.kind());
        if (known == null || envelope.version() > known.kind().version()) {
            throw new StateException("entry " + now.index() + " of the log holds a command of kind 0x"
                    + Integer.toHexString(envelope.kind()) + " version " + envelope.version()
                    + ", which this version of Muster does not know: upgrade this node");
        }
        int level = known.kind().level();
        if (level > featureLevel()) {
            return new StateReply.Rejected("a command of kind 0x" + Integer.toHexString(envelope.kind())
                    + " needs feature level " + level + " and the cluster is at " + featureLevel()
                    + ": upgrade every node first");
        }
        return applyOne(known, envelope);
    }

    /// Reading is apart from carrying out: what cannot be read has changed nothing yet and can be
    /// refused; what fails in the middle of a ledger's work must not be taken for a refusal.
    private <C extends LogCommand> Reply applyOne(Kinds.Known<C> known, Envelope envelope) {
        C command;
        try {
            command = known.kind().decode(envelope.version(), envelope.body());
        } catch (MalformedException | IllegalArgumentException e) {
            return new StateReply.Rejected(String.valueOf(e.getMessage()));
        }
        if (!Repetitions.covers(known.kind(), envelope)) {
            return known.ledger().apply(now, command, envelope);
        }
        var before = repetitions.before(envelope, now.elapsedMicros());
        if (before.isPresent()) {
            return before.get();
        }
        Reply reply = known.ledger().apply(now, command, envelope);
        repetitions.remember(envelope, now.elapsedMicros(), reply);
        return reply;
    }

    /// Keeps on record what somebody asked for by name. What workers report is work, not a decision.
    private void note(Envelope envelope) {
        var known = kinds.find(envelope.kind());
        if (known != null
                && known.kind().recording() == CommandKind.Recording.DECISION
                && !envelope.principal().isEmpty()) {
            access().record(now, new Act(envelope.principal(), known.kind().name(), "", Act.Authorization.ALLOWED, ""));
        }
    }

    /// Holds all that is known now still, to be written while further batches are applied. It takes
    /// milliseconds: what is copied are references to values that never change. The history blocks
    /// closed so far must have been taken.
    public FrozenState freeze() {
        var sections = new LinkedHashMap<String, FrozenSection>();
        sections.put(OWN_SECTION, frozenOwn());
        sections.put(cluster.name(), cluster.freeze());
        inForce().forEach(ledger -> sections.put(ledger.name(), ledger.freeze()));
        sections.put(RepetitionSection.NAME, repetitions.freeze(kinds));
        return new FrozenClusterState(now, sections);
    }

    private FrozenSection frozenOwn() {
        var writer = new BinaryWriter()
                .varint(appliedIndex)
                .varint(term)
                .text(leader == null ? "" : leader.value())
                .varint(now.term())
                .varint(now.index())
                .varint(now.micros())
                .varint(now.elapsedMicros())
                .i64(history.value());
        return OneRecord.of(VERSION, writer);
    }

    /// Fills an empty state with what was frozen of another, which it then goes on like. Throws
    /// [MalformedException] where a section is missing, damaged or of an unknown version, and
    /// [StateException] where this node is too old for the cluster; the state is of no use then.
    ///
    /// @param sections the chunks of a section by its name, in the order in which they were written
    public void fill(Function<String, ? extends Iterable<Bytes>> sections) {
        Invariant.check(appliedIndex == 0, "only an empty state is filled");
        SectionReader.read(OWN_SECTION, VERSION, sections.apply(OWN_SECTION), this::fillOwn);
        cluster.fill(sections.apply(cluster.name()));
        inForce().forEach(ledger -> ledger.fill(sections.apply(ledger.name())));
        RepetitionSection.fill(repetitions, kinds, sections.apply(RepetitionSection.NAME));
    }

    private void fillOwn(int part, BinaryReader reader) {
        if (part != OneRecord.PART) {
            throw new MalformedException("the state has no part " + part);
        }
        appliedIndex = reader.varint();
        term = reader.varint();
        String name = reader.text(Envelope.MAX_NAME_BYTES);
        leader = name.isEmpty() ? null : new NodeId(name);
        now = new Stamp(reader.varint(), reader.varint(), 0, new LogTime(reader.varint(), reader.varint()));
        history = new Digest(reader.i64());
    }

    private void tell(Change change) {
        listener.changed(now.index(), changesOfEntry++, now.micros(), change);
    }
}
