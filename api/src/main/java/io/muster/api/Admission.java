package io.muster.api;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// Lets only so much in at once: virtual threads cost nothing, but the bodies they hold and the acts they queue at the
/// state do. Whoever comes when it is full is told to come again, instead of making everybody slow.
final class Admission {
    /// Requests under way: several times what the log takes while one sync runs.
    static final int MAX_REQUESTS = 4_096;

    /// Bytes of all bodies under way together, an eighth of the usual heap.
    static final long MAX_BYTES = 128L << 20;

    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();

    /// Lets a request in whose body has `length` bytes, or an unknown number where that is negative; returns what it
    /// took, to be given back with [#leave].
    long enter(long length) {
        long share = length < 0 ? RequestBody.MAX_BYTES : Math.min(length, RequestBody.MAX_BYTES);
        boolean isFull = requests.incrementAndGet() > MAX_REQUESTS;
        if (bytes.addAndGet(share) > MAX_BYTES || isFull) {
            leave(share);
            throw Refusal.of(
                            ProblemType.OVERLOADED,
                            "this node is answering as many requests as it takes at once; nothing was written")
                    .retryAfter(1)
                    .refused();
        }
        return share;
    }

    /// The request that took `share` is answered.
    void leave(long share) {
        requests.decrementAndGet();
        bytes.addAndGet(-share);
    }
}
