package io.muster.log;

import io.muster.encoding.Bytes;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/// A command of a test on its way into a log.
public final class TestProposal implements Proposal {
    private final long term;
    private final byte[] envelope;
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private final AtomicInteger answers = new AtomicInteger();

    private TestProposal(long term, byte[] envelope) {
        this.term = term;
        this.envelope = envelope;
    }

    /// A command that may be appended in any term.
    public static TestProposal of(String text) {
        return inTerm(0, text);
    }

    /// A command that may be appended in `term` only.
    public static TestProposal inTerm(long term, String text) {
        return new TestProposal(term, new Envelope(1, 1, "", "", "", Bytes.utf8(text)).encode());
    }

    /// A command whose encoded envelope is `envelope`.
    public static TestProposal ofEnvelope(byte[] envelope) {
        return new TestProposal(0, envelope);
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
    public void completed(Outcome answer) {
        answers.incrementAndGet();
        outcome.complete(answer);
    }

    /// How often it was answered.
    public int answers() {
        return answers.get();
    }

    public boolean isAnswered() {
        return outcome.isDone();
    }

    /// Waits for its answer.
    public Outcome await() {
        try {
            return outcome.get(RecordingApplier.patienceMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for an outcome", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("a proposal was not answered", e);
        }
    }
}
