package io.muster.objects;

import io.muster.encoding.Bytes;
import io.muster.log.NodeId;
import io.muster.references.ObjectId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/// Moves objects between the nodes: to this one from whoever has them, and to a majority before the log names them.
public final class ObjectReplication {
    private final NodeId self;
    private final ObjectStore store;
    private final ObjectPeers peers;
    private final Supplier<Optional<String>> diskPressure;

    /// @param diskPressure why this node must take nothing new just now; none while its disk has room
    public ObjectReplication(
            NodeId self, ObjectStore store, ObjectPeers peers, Supplier<Optional<String>> diskPressure) {
        this.self = self;
        this.store = store;
        this.peers = peers;
        this.diskPressure = diskPressure;
    }

    /// What this node holds.
    public ObjectStore store() {
        return store;
    }

    /// Told of bytes that came, and may wait so that they do not come too fast.
    interface Pace {
        /// As fast as they come.
        Pace UNBOUNDED = _ -> {};

        void came(int bytes) throws InterruptedException;
    }

    /// Sees to it that this node holds the object, which then stays for [ObjectTimes#pin]: fetches it where it does
    /// not. Empty when it does, otherwise why not.
    public Optional<String> secure(ObjectId id) throws InterruptedException {
        return fetch(id, Pace.UNBOUNDED);
    }

    /// Fetches an object that is not here, from one node after the other until one gives all of it.
    Optional<String> fetch(ObjectId id, Pace pace) throws InterruptedException {
        if (store.pin(id)) {
            return Optional.empty();
        }
        String reason = "there is no other node";
        for (NodeId node : peers.voters().others(self)) {
            Optional<String> failure = fetch(node, id, pace);
            if (failure.isEmpty()) {
                return failure;
            }
            reason = failure.get();
        }
        return Optional.of(reason);
    }

    /// A part that another node has begun to send is gone on with from this one: only the whole counts.
    private Optional<String> fetch(NodeId node, ObjectId id, Pace pace) throws InterruptedException {
        long offset = store.received(id);
        while (true) {
            Optional<String> shortage = diskPressure.get();
            if (shortage.isPresent()) {
                // The log is on the same disk, and must not be refused a write over an object.
                return Optional.of(self + " takes nothing new: " + shortage.get());
            }
            int length = (int) Math.min(ObjectStore.MAX_READ_BYTES, id.bytes() - offset);
            Optional<Bytes> part = length == 0 ? Optional.of(Bytes.EMPTY) : peers.fetch(node, id, offset, length);
            if (part.isEmpty() || part.get().size() != length) {
                return Optional.of(node + " does not give it");
            }
            switch (store.receive(id, offset, part.get().array())) {
                case ReceiveResult.Complete() -> {
                    return Optional.empty();
                }
                case ReceiveResult.Continue(long next) -> offset = next;
                case ReceiveResult.Misplaced(long next) -> offset = next;
                case ReceiveResult.Refused(String why) -> {
                    return Optional.of("what " + node + " gave is not it: " + why);
                }
                case ReceiveResult.TooMany(int limit) -> {
                    return Optional.of("as many as " + limit + " objects are on their way to " + self);
                }
                case ReceiveResult.NoRoom(String why) -> {
                    return Optional.of("the disk of " + self + " refused to write: " + why);
                }
            }
            pace.came(length);
        }
    }

    /// Asks all other nodes at once to hold the object, and counts. It ends when a majority holds it, when all have
    /// answered, or after `patience`.
    public Copies spread(ObjectId id, Duration patience) throws InterruptedException {
        Voters voters = peers.voters();
        long end = System.nanoTime() + patience.toNanos();
        var holders = new TreeSet<NodeId>();
        var missing = new ArrayList<String>();
        if (store.pin(id)) {
            holders.add(self);
        } else {
            missing.add(self + " does not hold it");
        }
        var asked = new LinkedHashMap<NodeId, CompletableFuture<Optional<String>>>();
        voters.others(self).forEach(node -> asked.put(node, peers.secure(node, id, patience)));
        while (!asked.isEmpty() && !voters.isMajority(holders)) {
            awaitOne(asked, end);
            boolean isOver = System.nanoTime() - end >= 0;
            for (var questions = asked.entrySet().iterator(); questions.hasNext(); ) {
                var question = questions.next();
                if (!question.getValue().isDone() && !isOver) {
                    continue;
                }
                questions.remove();
                answer(question.getValue())
                        .ifPresentOrElse(
                                why -> missing.add(question.getKey() + " does not: " + why),
                                () -> holders.add(question.getKey()));
            }
        }
        return new Copies(holders, voters, missing);
    }

    private static void awaitOne(Map<NodeId, CompletableFuture<Optional<String>>> asked, long end)
            throws InterruptedException {
        try {
            CompletableFuture.anyOf(asked.values().toArray(CompletableFuture<?>[]::new))
                    .get(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // Each question is looked at by itself.
        }
    }

    private static Optional<String> answer(CompletableFuture<Optional<String>> question) {
        return question.exceptionally(failure -> Optional.of(String.valueOf(failure.getMessage())))
                .completeOnTimeout(Optional.of("it has not answered in time"), 0, TimeUnit.NANOSECONDS)
                .join();
    }
}
