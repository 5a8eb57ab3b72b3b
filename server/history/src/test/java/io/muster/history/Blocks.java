package io.muster.history;

import io.muster.encoding.Bytes;
import io.muster.jobs.CommandOrigin;
import io.muster.jobs.HistoryBlock;
import io.muster.jobs.JobCommand;
import io.muster.jobs.JobId;
import io.muster.jobs.JobLedger;
import io.muster.jobs.JobLimits;
import io.muster.jobs.JobReply;
import io.muster.jobs.JobSpec;
import io.muster.log.LogTime;
import io.muster.log.Stamp;
import java.util.ArrayList;
import java.util.List;

/// History as a real ledger writes it: jobs are submitted and called off until blocks close.
final class Blocks {
    private final JobLedger ledger = new JobLedger(_ -> {});
    private final List<HistoryBlock> closed = new ArrayList<>();
    private long index;

    /// The first `count` blocks of a history in which even jobs are of queue `even` and odd ones of `odd`.
    static List<HistoryBlock> of(int count) {
        var blocks = new Blocks();
        while (blocks.closed.size() < count) {
            blocks.finishSome();
        }
        return blocks.closed.subList(0, count);
    }

    /// The first block of another history.
    static HistoryBlock ofAnotherPast() {
        var blocks = new Blocks();
        blocks.index = 77;
        while (blocks.closed.isEmpty()) {
            blocks.finishSome();
        }
        return blocks.closed.getFirst();
    }

    private void finishSome() {
        var specs = new ArrayList<JobSpec>();
        for (int i = 0; i < JobLimits.MAX_BLOCK_JOBS; i++) {
            specs.add(JobSpec.of("noop", i % 2 == 0 ? "even" : "odd", Bytes.utf8("{\"n\":" + i + "}")));
        }
        var submitted = (JobReply.Submitted) apply(new JobCommand.Submit(specs));
        List<JobId> ids =
                submitted.receipts().stream().map(JobReply.Receipt::job).toList();
        apply(new JobCommand.Cancel(ids));
        closed.addAll(ledger.takeClosedBlocks());
    }

    private JobReply apply(JobCommand command) {
        index++;
        var stamp = new Stamp(1, index, 0, new LogTime(1_700_000_000_000_000L + index, index));
        ledger.advance(stamp);
        var reply = ledger.apply(stamp, CommandOrigin.INTERNAL, command);
        ledger.settle(stamp);
        return reply;
    }
}
