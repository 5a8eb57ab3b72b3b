package io.muster.simulation;

import io.muster.log.EngineException;
import io.muster.log.NodeId;
import io.muster.log.SnapshotMeta;
import io.muster.log.VoterId;
import io.muster.raft.Batch;
import io.muster.raft.BatchKind;
import io.muster.raft.Configuration;
import io.muster.raft.Effect;
import io.muster.raft.FoundingStatus;
import io.muster.raft.LogStart;
import io.muster.raft.Restored;
import io.muster.raft.StoredConfiguration;
import io.muster.raft.VoteState;
import io.muster.raftruntime.LogStore;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One node's disk over all its lives. What was synced stays; what was not is forgotten when the power goes, or some of
/// it has arrived nevertheless, which nobody was told.
final class SimDisk {
    private final Agenda agenda;
    private final Oracle oracle;
    private final Chance chance;
    private final TreeMap<Long, Batch> batches = new TreeMap<>();
    private final Set<VoteState> votes = new HashSet<>();
    private VoteState vote = VoteState.INITIAL;
    private LogStart base = LogStart.BEGINNING;
    private final SimSnapshots snapshots;
    private FoundingStatus foundingStatus;
    private @Nullable Store open;
    private long stalledUntilNanos;
    private int slowestMicros;
    private boolean refusesSync;
    private boolean isBegun;

    /// The disk of a voter that has founded the cluster of `voters` with the others, under the identity they give it.
    SimDisk(Agenda agenda, Oracle oracle, Chance chance, NodeId owner, Configuration voters) {
        this.agenda = agenda;
        this.oracle = oracle;
        this.chance = chance;
        snapshots = new SimSnapshots(agenda, chance, oracle, SimSnapshots.Refusals.USUAL);
        foundingStatus = FoundingStatus.fresh(
                Objects.requireNonNull(voters.identities().get(owner), "a founder has an identity"));
        found(voters);
    }

    /// The disk of a node that takes no part yet: its folder is empty.
    SimDisk(Agenda agenda, Oracle oracle, Chance chance, VoterId identity) {
        this.agenda = agenda;
        this.oracle = oracle;
        this.chance = chance;
        snapshots = new SimSnapshots(agenda, chance, oracle, SimSnapshots.Refusals.USUAL);
        foundingStatus = FoundingStatus.fresh(identity);
    }

    /// Whether there is a log, be it an empty one.
    boolean isBegun() {
        return isBegun;
    }

    /// The log is empty, and others will bring what belongs in it.
    void join() {
        isBegun = true;
    }

    /// Who takes part, as the log says that a life would find which began now: the oldest first, at
    /// least one.
    List<StoredConfiguration> configurations() {
        var known = new ArrayList<StoredConfiguration>();
        known.add(base.configuration());
        for (Batch batch : batches.values()) {
            if (batch.kind() == BatchKind.CONFIGURATION) {
                known.add(new StoredConfiguration(batch.firstIndex(), Configuration.decode(batch.body())));
            }
        }
        return known;
    }

    /// Who the disk's voter is, and whether it has a log.
    FoundingStatus foundingStatus() {
        return foundingStatus;
    }

    /// Between two lives the folder is emptied: votes, log and identity are gone, and another identity is drawn.
    void empty(VoterId drawn) {
        batches.clear();
        votes.clear();
        vote = VoteState.INITIAL;
        base = LogStart.BEGINNING;
        snapshots.empty();
        foundingStatus = FoundingStatus.fresh(drawn);
        isBegun = false;
    }

    /// The voter binds itself to a founding.
    void bind(FoundingStatus bound) {
        foundingStatus = bound;
    }

    /// The log begins.
    void found(Configuration voters) {
        foundingStatus = new FoundingStatus(foundingStatus.identity(), voters.identities(), true);
        var first = Batch.bootstrap(voters);
        batches.put(first.firstIndex(), first);
        isBegun = true;
    }

    /// The disk as the process sees it that starts now.
    LogStore open() {
        open = new Store();
        return open;
    }

    /// The snapshots beside the log.
    SimSnapshots snapshots() {
        return snapshots;
    }

    /// The power goes: writes under way are lost, except perhaps the first few.
    void crash() {
        Store store = open;
        if (store != null) {
            store.crash();
            open = null;
        }
        snapshots.crash();
        if (chance.oneIn(6)) {
            snapshots.rotNewest();
        }
    }

    /// The term and vote that a life would find which began now.
    VoteState vote() {
        return vote;
    }

    /// Whether this term and vote have ever stood here.
    boolean hasHeld(VoteState state) {
        return votes.contains(state);
    }

    /// Where the log ends that a life would find which began now.
    long lastIndex() {
        return batches.isEmpty() ? base.index() : batches.lastEntry().getValue().lastIndex();
    }

    /// Whether the entry at `index` was cut away behind a snapshot that covers it.
    boolean isCompacted(long index) {
        return index < base.index();
    }

    /// The term of the entry that stands at `index`; 0 where none does.
    long termAt(long index) {
        if (index == base.index()) {
            return base.term();
        }
        var batch = batches.floorEntry(index);
        return batch == null || batch.getValue().lastIndex() < index
                ? 0
                : batch.getValue().term();
    }

    /// Between two lives the disk loses the last `count` batches that it had reported as written, as one does that is
    /// put back from an older copy. Term and vote stay.
    void goBack(int count) {
        for (int i = 0; i < count && batches.size() > 1; i++) {
            batches.pollLastEntry();
        }
    }

    /// Each sync takes up to `micros` longer than it would.
    void slow(int micros) {
        slowestMicros = micros;
    }

    /// Syncs take as long as until `nanos` from now.
    void stall(long nanos) {
        stalledUntilNanos = agenda.nowNanos() + nanos;
    }

    /// The next sync fails, as on a full or broken disk.
    void refuseNextSync() {
        refusesSync = true;
    }

    /// Nothing is wrong with the disk any more.
    void heal() {
        refusesSync = false;
        stalledUntilNanos = 0;
        slowestMicros = 0;
    }

    private void write(Effect effect) {
        if (effect instanceof Effect.CutPrefix(LogStart next)) {
            base = next;
            batches.headMap(next.index(), true).clear();
            oracle.rarities().saw(Rarity.CUT);
        } else if (effect instanceof Effect.Persist persist) {
            write(persist);
        }
    }

    private void write(Effect.Persist write) {
        if (write.isStateChanged()) {
            vote = write.state();
            votes.add(vote);
        }
        switch (write.cut()) {
            case Effect.Cut.Nothing _ -> {}
            case Effect.Cut.From(long index) -> {
                var cut = batches.tailMap(index, true);
                if (cut.values().stream().anyMatch(batch -> batch.kind() == BatchKind.CONFIGURATION)) {
                    oracle.rarities().saw(Rarity.ROLLED_BACK);
                }
                cut.clear();
            }
            case Effect.Cut.Everything(LogStart next) -> {
                batches.clear();
                base = next;
                snapshots.beginsAt(next.index());
            }
        }
        for (Batch batch : write.batches()) {
            batches.put(batch.firstIndex(), batch);
        }
    }

    private final class Store implements LogStore {
        private final ArrayDeque<Effect> waiting = new ArrayDeque<>();
        private final ArrayDeque<Effect> syncing = new ArrayDeque<>();
        private @Nullable Listener listener;
        private boolean isGone;

        @Override
        public Restored restore(int tailBytes, List<SnapshotMeta> kept) {
            var reading = new Restored.Builder(tailBytes, base, kept.reversed());
            batches.values().forEach(reading::add);
            return reading.finish(vote).of(foundingStatus.identity());
        }

        @Override
        public void start(Listener owner) {
            listener = owner;
        }

        @Override
        public void persist(Effect.Persist write) {
            write.batches().forEach(oracle.clock()::written);
            waiting.add(write);
            syncNext();
        }

        @Override
        public void cutPrefix(LogStart next) {
            waiting.add(new Effect.CutPrefix(next));
            syncNext();
        }

        @Override
        public void read(ReadTicket ticket, long from, int maxBytes) {
            agenda.in(chance.nanos(50, 500), () -> answer(ticket, from, maxBytes));
        }

        @Override
        public void close() {
            isGone = true;
        }

        void crash() {
            isGone = true;
            int arrived = syncing.isEmpty() ? 0 : chance.between(0, syncing.size());
            for (int i = 0; i < arrived; i++) {
                write(syncing.poll());
            }
        }

        private void syncNext() {
            if (!syncing.isEmpty() || waiting.isEmpty()) {
                return;
            }
            int together = chance.oneIn(3) ? chance.between(1, waiting.size()) : waiting.size();
            for (int i = 0; i < together; i++) {
                syncing.add(waiting.remove());
            }
            long stall = Math.max(0, stalledUntilNanos - agenda.nowNanos());
            long usual = chance.nanos(100, chance.oneIn(50) ? 20_000 : 1_000);
            agenda.in(stall + usual + chance.nanos(0, slowestMicros), this::synced);
        }

        private void synced() {
            Listener told = listener;
            if (isGone || told == null) {
                return;
            }
            if (refusesSync) {
                refusesSync = false;
                isGone = true;
                told.failed(new EngineException("the simulated disk refused a sync"));
                return;
            }
            while (!syncing.isEmpty()) {
                var done = syncing.poll();
                write(done);
                if (done instanceof Effect.Persist persist) {
                    told.persisted(persist.ticket());
                }
            }
            syncNext();
        }

        private void answer(ReadTicket ticket, long from, int maxBytes) {
            Listener told = listener;
            if (isGone || told == null) {
                return;
            }
            var found = new ArrayList<Batch>();
            Long first = batches.floorKey(from);
            int bytes = 0;
            for (Batch batch :
                    first == null ? List.<Batch>of() : batches.tailMap(first).values()) {
                if (!found.isEmpty() && bytes + batch.size() > maxBytes) {
                    break;
                }
                if (batch.lastIndex() >= from) {
                    found.add(batch);
                    bytes += batch.size();
                }
            }
            told.read(ticket, found);
        }
    }
}
