package io.muster.exchange;

import io.muster.wire.Fields;
import io.muster.wire.WireLimits;
import java.util.List;
import java.util.Map;

/// All that a worker has to say: its only call. `docs/exchange.md` is the protocol.
///
/// It tells the state, not the change: a lost request or answer is made good by the next one.
///
/// @param worker the worker's name; one worker at a time bears it
/// @param incarnation a random number drawn when the worker started; a new one under the same name ends the old one
/// @param sequence counts the exchanges of this incarnation from 1; the answer repeats it
/// @param slots how many runs the worker can hold now
/// @param labels what the worker is and has, for jobs that require it
/// @param handlers the types of job that it can run
/// @param draining it wants no more work
/// @param held every run in hand, and every ended one whose result is not in this request
/// @param results every ended run that has not been acknowledged, as many as fit
/// @param unread why the worker could not read the last answer, `""` where it could
public record ExchangeRequest(
        String worker,
        long incarnation,
        long sequence,
        int slots,
        Map<String, String> labels,
        List<String> handlers,
        boolean draining,
        List<HeldRun> held,
        List<RunResult> results,
        String unread) {
    /// Which version of the protocol this is; a server refuses one that it does not speak.
    public static final int PROTOCOL = 1;

    public ExchangeRequest {
        if (slots < 0 || slots > WireLimits.MAX_SLOTS) {
            throw new IllegalArgumentException(
                    "'slots' is " + slots + ": a worker has 0 to " + WireLimits.MAX_SLOTS + " of them");
        }
        if (labels.size() > WireLimits.MAX_LABELS) {
            throw new IllegalArgumentException(
                    "'labels' has " + labels.size() + " entries: a worker has up to " + WireLimits.MAX_LABELS);
        }
        labels = Fields.sorted(labels);
        handlers = List.copyOf(handlers);
        held = List.copyOf(held);
        results = List.copyOf(results);
    }

    /// A request of a worker that reads its answers.
    public ExchangeRequest(
            String worker,
            long incarnation,
            long sequence,
            int slots,
            Map<String, String> labels,
            List<String> handlers,
            boolean draining,
            List<HeldRun> held,
            List<RunResult> results) {
        this(worker, incarnation, sequence, slots, labels, handlers, draining, held, results, "");
    }
}
