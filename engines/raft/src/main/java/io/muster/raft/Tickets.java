package io.muster.raft;

/// Numbers that are given out once.
final class Tickets {
    private long last;

    /// @param last the number before the first that is given out
    Tickets(long last) {
        this.last = last;
    }

    long next() {
        return ++last;
    }

    /// The number given out last.
    long last() {
        return last;
    }
}
