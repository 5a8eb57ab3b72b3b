package io.muster.simulation;

import io.muster.encoding.Bytes;
import io.muster.jobs.JobCommand;
import io.muster.jobs.JobId;
import io.muster.jobs.JobReply;
import io.muster.jobs.JobSpec;
import io.muster.jobs.RetryPolicy;
import io.muster.log.Asker;
import io.muster.log.Envelope;
import io.muster.log.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Clients that submit jobs, and try again elsewhere for as long as they do not know.
///
/// Each submission carries an idempotency key, so that trying again can never do twice what was done.
final class SimClient {
    private static final long PATIENCE_NANOS = 1_500_000_000L;

    /// Longer than any run takes, shorter than the steps of wall clocks.
    private static final long TIMEOUT_MILLIS = 60_000;

    private final SimNode.Parts parts;
    private final Chance chance;
    private final List<SimNode> nodes;
    private final Map<String, List<JobReply.Receipt>> answers = new HashMap<>();
    private long submissions;
    private long unanswered;
    private boolean isOver;

    SimClient(SimNode.Parts parts, Chance chance, List<SimNode> nodes) {
        this.parts = parts;
        this.chance = chance;
        this.nodes = nodes;
    }

    void start() {
        submitSoon();
    }

    /// Begins nothing new; what is under way goes on until it is known.
    void finish() {
        isOver = true;
    }

    /// Submissions whose fate is not known yet.
    long unanswered() {
        return unanswered;
    }

    private void submitSoon() {
        parts.agenda().in(chance.nanos(2_000, 120_000), () -> {
            if (!isOver) {
                submit();
                submitSoon();
            }
        });
    }

    private void submit() {
        String key = "submission-" + ++submissions;
        var specs = new ArrayList<JobSpec>();
        for (int i = chance.between(1, 5); i > 0; i--) {
            specs.add(JobSpec.of("noop", chance.oneIn(3) ? "other" : "default", Bytes.utf8("{}"))
                    .withPriority(chance.between(0, 100))
                    .withRetry(RetryPolicy.DEFAULT)
                    .withTimeoutMillis(TIMEOUT_MILLIS)
                    .withDelayMillis(chance.oneIn(5) ? chance.between(1, 500) : 0));
        }
        var command = new JobCommand.Submit(specs);
        unanswered++;
        attempt(Envelope.of(command, new Asker("client", "", key)));
    }

    /// Asks one node, and the next one when the answer does not settle it.
    private void attempt(Envelope submission) {
        var settled = new boolean[1];
        Runnable again = () -> {
            if (!settled[0]) {
                settled[0] = true;
                parts.agenda().in(chance.nanos(5_000, 50_000), () -> attempt(submission));
            }
        };
        var node = chance.pick(nodes);
        if (!node.isUp()) {
            again.run();
            return;
        }
        parts.agenda().in(PATIENCE_NANOS, again);
        node.propose(new SimNode.Ask(Bytes.wrap(submission.encode()), outcome -> {
            if (outcome instanceof Outcome.Applied(var index, var reply)) {
                answered(submission.idempotencyKey(), index, reply);
                if (!settled[0]) {
                    settled[0] = true;
                    unanswered--;
                }
            } else {
                again.run();
            }
        }));
    }

    private void answered(String key, long index, Object reply) {
        if (!(reply instanceof JobReply.Submitted(var receipts))) {
            throw parts.oracle().violation("submission " + key + " is answered " + reply);
        }
        var before = answers.putIfAbsent(key, receipts);
        if (before != null && !before.equals(receipts)) {
            throw parts.oracle().violation("submission " + key + " is answered " + receipts + " after " + before);
        }
        parts.oracle().accepted(receipts.stream().map(JobReply.Receipt::job).toList(), index);
    }

    /// The jobs of every submission that was answered.
    List<JobId> accepted() {
        return answers.values().stream()
                .flatMap(List::stream)
                .map(JobReply.Receipt::job)
                .toList();
    }
}
