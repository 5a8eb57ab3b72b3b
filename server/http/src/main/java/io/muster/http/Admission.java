package io.muster.http;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// Lets only so much in at once, over whatever transport it comes: virtual threads cost nothing, but
/// the bytes that requests, channels and answers hold and the acts they queue at the state do. A caller
/// that comes when it is full is told to come again, instead of making everybody slow or the node end.
///
/// Bytes are reserved as they arrive, not as they are announced: an announcement costs its sender nothing. Workers and
/// everybody else have a pool each, and no key takes a whole pool, so that neither a worker on a machine that is
/// trusted less nor one careless script can shut the others out.
public final class Admission {
    /// Requests under way: several times what the log takes while one sync runs.
    static final int MAX_REQUESTS = 4_096;

    /// Requests of one key under way.
    static final int MAX_REQUESTS_PER_KEY = 1_024;

    /// Bytes of all pools together, and the most of the heap that is used for them: a body exists several times while
    /// it is read, as bytes, as text and as records.
    public static final long MAX_BYTES = 128L << 20;

    private static final int SHARE_OF_HEAP = 8;

    /// Bytes of one key in one pool: the largest request and an answer.
    public static final long MAX_KEY_BYTES = 2L * RequestBody.MAX_BYTES;

    private final long poolBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Holder, Usage> usages = new HashMap<>();
    private final Map<MemoryPool, Long> bytes = new EnumMap<>(MemoryPool.class);
    private int requests;

    /// At most `maxBytes`, and less where the heap is small.
    static Admission within(long maxBytes) {
        return new Admission(Math.min(maxBytes, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP));
    }

    Admission(long maxBytes) {
        poolBytes = Math.max(MAX_KEY_BYTES, maxBytes / MemoryPool.values().length);
    }

    /// Whose bytes do not crowd out whose.
    public enum MemoryPool {
        /// Exchanges of workers.
        WORK,
        /// Everything else.
        REQUESTS
    }

    private record Holder(String key, MemoryPool pool) {}

    private static final class Usage {
        private int reservations;
        private int requests;
        private long bytes;
    }

    /// Lets a request of `key` in, or refuses it. Its reservation is to be closed when it is answered.
    Reservation enter(String key, MemoryPool pool) {
        lock.lock();
        try {
            var usage = usages.computeIfAbsent(new Holder(key, pool), _ -> new Usage());
            if (requests >= MAX_REQUESTS || usage.requests >= MAX_REQUESTS_PER_KEY) {
                forgetUnused(new Holder(key, pool), usage);
                throw full("this node is answering as many requests as it takes at once"
                        + (requests < MAX_REQUESTS ? " of one key" : ""));
            }
            requests++;
            usage.requests++;
            usage.reservations++;
            return new Reservation(new Holder(key, pool), usage, 1);
        } finally {
            lock.unlock();
        }
    }

    /// A reservation for what is no request, such as a channel.
    public Reservation hold(String key, MemoryPool pool) {
        lock.lock();
        try {
            var usage = usages.computeIfAbsent(new Holder(key, pool), _ -> new Usage());
            usage.reservations++;
            return new Reservation(new Holder(key, pool), usage, 0);
        } finally {
            lock.unlock();
        }
    }

    /// A refusal because of a full budget; nothing was written.
    public static RequestRefused full(String what) {
        return Refusal.of(ProblemType.OVERLOADED, what + "; nothing was written")
                .retryAfter(1)
                .refused();
    }

    private void forgetUnused(Holder holder, Usage usage) {
        if (usage.reservations == 0) {
            usages.remove(holder);
        }
    }

    /// What one request or channel holds.
    public final class Reservation implements AutoCloseable {
        private final Holder holder;
        private final Usage usage;
        private final int countedRequests;
        private long held;
        private boolean isClosed;

        private Reservation(Holder holder, Usage usage, int countedRequests) {
            this.holder = holder;
            this.usage = usage;
            this.countedRequests = countedRequests;
        }

        /// Takes `more` bytes; false, and nothing taken, where the key or the pool has none left.
        public boolean grow(long more) {
            lock.lock();
            try {
                long ofPool = bytes.getOrDefault(holder.pool, 0L);
                if (isClosed || usage.bytes + more > MAX_KEY_BYTES || ofPool + more > poolBytes) {
                    return false;
                }
                usage.bytes += more;
                bytes.put(holder.pool, ofPool + more);
                held += more;
                return true;
            } finally {
                lock.unlock();
            }
        }

        /// Gives `less` bytes back.
        public void shrink(long less) {
            lock.lock();
            try {
                long given = Math.min(less, held);
                usage.bytes -= given;
                bytes.merge(holder.pool, -given, Long::sum);
                held -= given;
            } finally {
                lock.unlock();
            }
        }

        /// Gives everything back. Closing twice is harmless.
        @Override
        public void close() {
            lock.lock();
            try {
                if (isClosed) {
                    return;
                }
                shrink(held);
                isClosed = true;
                requests -= countedRequests;
                usage.requests -= countedRequests;
                usage.reservations--;
                forgetUnused(holder, usage);
            } finally {
                lock.unlock();
            }
        }
    }
}
