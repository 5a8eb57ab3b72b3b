package io.muster.wire;

/// The sizes that both sides of `/v1` agree on. A request that exceeds one is refused with its name and its value.
public final class WireLimits {
    /// A request's body: it must fit in memory some dozens of times, and a batch of jobs must fit in it.
    public static final int MAX_REQUEST_BYTES = 8 << 20;

    /// The first exchange on a new channel: a server takes no more from a worker that has not shown yet that it speaks
    /// the protocol. It holds all that a worker holds, and some results; the others follow at once.
    public static final int MAX_FIRST_EXCHANGE_BYTES = 512 << 10;

    /// An answer to an exchange. Leaders stay far below: they put some MiB of claims into one answer, and what is left
    /// into the next.
    public static final int MAX_ANSWER_BYTES = 2 * MAX_REQUEST_BYTES;

    /// One job's payload: it is kept in the ledger of every node until the job has finished.
    public static final int MAX_PAYLOAD_BYTES = 1 << 20;

    /// One job's result: what is larger is output, and belongs in a file.
    public static final int MAX_RESULT_BYTES = 64 << 10;

    /// One checkpoint: it goes through the log, as a result does.
    public static final int MAX_CHECKPOINT_BYTES = 64 << 10;

    /// The text of one error.
    public static final int MAX_ERROR_CHARACTERS = 4 << 10;

    /// Jobs submitted in one request, so that one caller cannot keep the log to itself.
    public static final int MAX_BATCH_JOBS = 1_000;

    /// Items on one page of a listing.
    public static final int MAX_PAGE_ITEMS = 500;

    /// An answer to a client: a page of jobs, each with all that it may carry, and as much again for their fields.
    public static final int MAX_PAGE_BYTES =
            MAX_PAGE_ITEMS * (MAX_PAYLOAD_BYTES + 2 * (MAX_RESULT_BYTES + MAX_CHECKPOINT_BYTES));

    /// Slots of one worker, hence runs it can hold and results it can owe.
    public static final int MAX_SLOTS = 1_024;

    /// Labels of one worker or one job.
    public static final int MAX_LABELS = 64;

    /// One label, written as `name=value`, in UTF-8: every node keeps the labels of every worker.
    public static final int MAX_LABEL_BYTES = 128;

    /// Types of job that one worker can run.
    public static final int MAX_HANDLERS = 256;

    /// Levels of nesting in any JSON that is read: enough for people, too few to exhaust a stack.
    public static final int MAX_NESTING = 200;

    private WireLimits() {}
}
