package io.muster.coordinator;

import io.muster.log.Envelope;
import io.muster.log.Outcome;
import io.muster.log.Proposal;
import java.util.function.Consumer;

/// A command of the desk on its way; its outcome comes back on the desk's thread.
final class Submission implements Proposal {
    private final long term;
    private final byte[] envelope;
    private final Turn turn;
    private final Consumer<Outcome> then;

    Submission(long term, Envelope envelope, Turn turn, Consumer<Outcome> then) {
        this.term = term;
        this.envelope = envelope.encode();
        this.turn = turn;
        this.then = then;
    }

    @Override
    public long term() {
        return term;
    }

    @Override
    public byte[] envelope() {
        return envelope;
    }

    @Override
    public void completed(Outcome outcome) {
        turn.post(() -> then.accept(outcome));
    }
}
