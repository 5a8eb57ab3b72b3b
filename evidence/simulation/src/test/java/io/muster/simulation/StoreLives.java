package io.muster.simulation;

import io.muster.encoding.Bytes;
import io.muster.log.ClusterId;
import io.muster.log.EngineException;
import io.muster.log.LogTime;
import io.muster.log.NodeId;
import io.muster.log.SnapshotMeta;
import io.muster.raft.Batch;
import io.muster.raft.BatchKind;
import io.muster.raft.Configuration;
import io.muster.raft.Effect;
import io.muster.raft.LogStart;
import io.muster.raft.Restored;
import io.muster.raft.StoredConfiguration;
import io.muster.raft.VoteState;
import io.muster.raftruntime.LogIdentity;
import io.muster.raftruntime.LogStore;
import io.muster.raftruntime.SqliteLogStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// One node's real log under one seed: several lives of the production store over real files, killed or cut off from
/// power in the middle, with bits flipped between two of them. Each life must find all that was reported as persisted,
/// entries and vote, or refuse to begin.
public final class StoreLives {
    private static final String WRITE_AHEAD_LOG = "raft.db-wal";
    private static final List<String> FILES = List.of("raft.db", WRITE_AHEAD_LOG, "raft.witness", "raft.voter");
    private static final List<String> DAMAGED = List.of("raft.db", WRITE_AHEAD_LOG);

    /// Less than a page: in the last frame of the write-ahead log.
    private static final int WITHIN_LAST_FRAME = 1_000;

    private static final NodeId SELF = new NodeId("node-1");
    private static final Configuration VOTERS =
            Configuration.of(new TreeSet<>(Set.of(SELF, new NodeId("node-2"), new NodeId("node-3"))));
    private static final LogIdentity IDENTITY = new LogIdentity(new ClusterId(1, 2), SELF, LogIdentity.ONLY_GROUP);

    private final long seed;
    private final Chance chance;
    private final boolean isLastWriteRotten;
    private final ArrayDeque<Batch> log = new ArrayDeque<>();
    private VoteState vote = VoteState.INITIAL;
    private LogStart base = LogStart.BEGINNING;
    private LogStart acknowledgedBase = LogStart.BEGINNING;
    private Optional<Known> beforeLastWrite = Optional.empty();
    private long tickets;
    private int lostWrites;

    /// What a life may begin with. Nobody is told of a cut, so its base may be any from `least` on.
    private record Known(VoteState vote, List<Batch> log, LogStart least) {
        boolean isIn(Restored found) {
            var behind = log.stream()
                    .filter(batch -> batch.firstIndex() > found.base().index())
                    .toList();
            return found.state().equals(vote)
                    && found.base().index() >= least.index()
                    && found.tail().equals(behind);
        }
    }

    /// @param seed everything that happens follows from it, but for the moments at which the disk answers
    public StoreLives(long seed) {
        this(seed, false);
    }

    private StoreLives(long seed, boolean isLastWriteRotten) {
        this.seed = seed;
        this.isLastWriteRotten = isLastWriteRotten;
        chance = new Chance(seed);
        log.add(Batch.bootstrap(VOTERS));
    }

    /// Lives that are all cut off from power, and the last write of each rots.
    static StoreLives whoseLastWriteRots(long seed) {
        return new StoreLives(seed, true);
    }

    /// How many lives began without the last write of the one before.
    int lostWrites() {
        return lostWrites;
    }

    /// Lives through several lives; throws [ViolationException] where one of them has lost something, or takes no
    /// write.
    public void run() {
        Path scratch = newFolder();
        try {
            Path folder = scratch.resolve("life-0");
            for (int life = 1; life <= chance.between(2, 5); life++) {
                Path next = scratch.resolve("life-" + life);
                boolean hasBegun = live(folder, next);
                if (!hasBegun) {
                    return;
                }
                folder = next;
                boolean isWriteAheadLogDamaged = damage(folder);
                if (!isWriteAheadLogDamaged) {
                    beforeLastWrite = Optional.empty();
                }
            }
        } catch (CompletionException e) {
            throw new ViolationException("a store takes no more writes" + again(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            remove(scratch);
        }
    }

    /// One life, whose files as its end left them are in `after`; false where it refused to begin.
    private boolean live(Path folder, Path after) throws IOException {
        boolean losesPower = isLastWriteRotten || chance.oneIn(2);
        try (var store = SqliteLogStore.open(folder, IDENTITY, VOTERS, SqliteLogStore.DEFAULT_MAX_BYTES)) {
            goOnFrom(store.restore(Integer.MAX_VALUE, snapshots()));
            Files.createDirectories(after);
            Files.copy(folder.resolve("raft.witness"), after.resolve("raft.witness"));
            var disk = new Answers();
            store.start(disk);
            for (int writes = chance.between(1, 12); writes > 0; writes--) {
                beforeLastWrite = Optional.of(acknowledged());
                if (chance.oneIn(4)) {
                    cutPrefix(store);
                }
                disk.await(store, write());
                acknowledgedBase = base;
            }
            for (String name : FILES) {
                boolean isUnsynced = losesPower && name.equals("raft.witness");
                if (!isUnsynced) {
                    Files.copy(folder.resolve(name), after.resolve(name), StandardCopyOption.REPLACE_EXISTING);
                }
            }
            if (!losesPower) {
                beforeLastWrite = Optional.empty();
            }
            return true;
        } catch (EngineException _) {
            return false;
        }
    }

    /// After a power loss the witness may be older than the log, and then a last write that rots in the
    /// write-ahead log cannot be told from one that was torn. A life that begins without it goes on from what it
    /// found, as a node does.
    private void goOnFrom(Restored restored) {
        if (acknowledged().isIn(restored)) {
            return;
        }
        if (beforeLastWrite.filter(known -> known.isIn(restored)).isEmpty()) {
            throw new ViolationException("a store begins with index " + restored.lastIndex() + " behind "
                    + restored.base() + " and " + restored.state() + " where index " + lastIndex() + " and " + vote
                    + " were acknowledged" + again());
        }
        lostWrites++;
        vote = restored.state();
        base = restored.base();
        acknowledgedBase = base;
        log.clear();
        log.addAll(restored.tail());
    }

    /// As if a snapshot had been taken or received at the last base that was asked for, and at the one before.
    private List<SnapshotMeta> snapshots() {
        return Stream.of(base, acknowledgedBase)
                .filter(each -> each.index() > 0)
                .distinct()
                .map(each -> new SnapshotMeta(
                        each.index(),
                        each.term(),
                        each.time(),
                        each.configuration().encode()))
                .toList();
    }

    private long lastIndex() {
        return log.isEmpty() ? base.index() : log.getLast().lastIndex();
    }

    private String again() {
        return "\nagain with: -Dseed=" + seed;
    }

    private Known acknowledged() {
        return new Known(vote, List.copyOf(log), acknowledgedBase);
    }

    /// Cuts the log behind one of its batches.
    private void cutPrefix(SqliteLogStore store) {
        var candidates = log.stream().filter(batch -> batch.term() > 0).toList();
        if (candidates.isEmpty()) {
            return;
        }
        Batch last = chance.pick(candidates);
        base = baseAt(last.lastIndex(), last.term(), last.time());
        log.removeIf(batch -> batch.firstIndex() <= last.lastIndex());
        store.cutPrefix(base);
    }

    private static LogStart baseAt(long index, long term, LogTime time) {
        return new LogStart(index, term, time, new StoredConfiguration(1, VOTERS));
    }

    private Effect.Persist write() {
        boolean isVote = chance.oneIn(3) || vote.term() == 0;
        if (isVote) {
            vote = new VoteState(vote.term() + chance.between(1, 3), Optional.of(new NodeId("node-2")));
        }
        Effect.Cut cut = Effect.Cut.NOTHING;
        if (log.size() > 2 && chance.oneIn(6)) {
            cut = new Effect.Cut.From(log.removeLast().firstIndex());
        }
        var fresh = new ArrayDeque<Batch>();
        for (int batches = isVote ? 0 : chance.between(1, 3); batches > 0; batches--) {
            var batch = batch();
            log.addLast(batch);
            fresh.addLast(batch);
        }
        return new Effect.Persist(++tickets, vote, isVote, cut, List.copyOf(fresh));
    }

    private Batch batch() {
        int count = chance.between(1, 4);
        var head = new Batch.Head(
                lastIndex() + 1, count, vote.term(), BatchKind.COMMANDS, new LogTime(1_000 + tickets, 1_000 + tickets));
        byte[] body = new byte[chance.between(8, 6_000)];
        for (int i = 0; i < body.length; i++) {
            body[i] = (byte) chance.any();
        }
        return Batch.seal(head, Bytes.wrap(body));
    }

    /// Flips bits in files that an end left in `folder`; false where none was in the write-ahead log.
    private boolean damage(Path folder) throws IOException {
        if (isLastWriteRotten) {
            flip(folder.resolve(WRITE_AHEAD_LOG), WITHIN_LAST_FRAME);
            return true;
        }
        boolean isWriteAheadLogDamaged = false;
        for (int flips = chance.oneIn(2) ? chance.between(1, 3) : 0; flips > 0; flips--) {
            String name = chance.pick(DAMAGED);
            flip(folder.resolve(name), Integer.MAX_VALUE);
            isWriteAheadLogDamaged |= name.equals(WRITE_AHEAD_LOG);
        }
        return isWriteAheadLogDamaged;
    }

    /// Flips a bit in the last `within` bytes of `file`.
    private void flip(Path file, int within) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        if (bytes.length > 0) {
            int from = Math.max(0, bytes.length - within);
            bytes[chance.between(from, bytes.length - 1)] ^= (byte) (1 << chance.between(0, 7));
            Files.write(file, bytes);
        }
    }

    private static Path newFolder() {
        try {
            return Files.createTempDirectory("muster-lives");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void remove(Path folder) {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Waits for the disk.
    private static final class Answers implements LogStore.Listener {
        private CompletableFuture<Long> done = new CompletableFuture<>();

        void await(LogStore store, Effect.Persist write) {
            done = new CompletableFuture<>();
            store.persist(write);
            done.orTimeout(60, TimeUnit.SECONDS).join();
        }

        @Override
        public void persisted(long ticket) {
            done.complete(ticket);
        }

        @Override
        public void read(LogStore.ReadTicket ticket, List<Batch> batches) {
            throw new IllegalStateException("nothing was asked for");
        }

        @Override
        public void failed(EngineException reason) {
            done.completeExceptionally(reason);
        }
    }
}
