package io.muster.coordinator;

import io.muster.log.Envelope;
import io.muster.log.Outcome;
import io.muster.log.Proposal;
import java.util.function.Consumer;

/// A command of the coordinator on its way; its outcome comes back on the coordinator's thread.
final class CoordinatorProposal implements Proposal {
    private final long term;
    private final byte[] envelope;
    private final CoordinatorExecutor executor;
    private final Consumer<Outcome> then;

    CoordinatorProposal(long term, Envelope envelope, CoordinatorExecutor executor, Consumer<Outcome> then) {
        this.term = term;
        this.envelope = envelope.encode();
        this.executor = executor;
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
        executor.execute(() -> then.accept(outcome));
    }
}
