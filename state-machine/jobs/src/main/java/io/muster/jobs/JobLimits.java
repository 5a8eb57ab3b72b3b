package io.muster.jobs;

/// Every limit of the job ledger, with its reason. A command that would pass one is refused or answered
/// [JobReply.Full].
public final class JobLimits {
    /// Handler and queue names stand in metrics and URLs.
    public static final int MAX_NAME = 64;

    /// Keys and references are names, not documents.
    public static final int MAX_KEY_BYTES = 256;

    /// A payload says what to do; bulk data is uploaded and referred to.
    public static final int MAX_PAYLOAD_BYTES = 1 << 20;

    /// A result is an answer, not an output file: it stays in memory until its history block is closed.
    public static final int MAX_RESULT_BYTES = 64 << 10;

    /// A checkpoint is rewritten in the log each time it changes.
    public static final int MAX_CHECKPOINT_BYTES = 64 << 10;

    /// A failure's message is read by people; longer ones are cut.
    public static final int MAX_MESSAGE_BYTES = 4 << 10;

    /// One command submits at most this many jobs: it bounds the work of one apply.
    public static final int MAX_BATCH = 1_000;

    /// One report carries at most this many results, and as many checkpoints.
    public static final int MAX_REPORT = 10_000;

    /// One command of a report holds at most this many bytes; what a worker says beyond it goes into further ones. It
    /// is what a batch of the log takes before it is full, so that no report keeps others waiting.
    public static final int MAX_REPORT_BYTES = 1 << 20;

    /// Labels of a job; each must be matched against every worker.
    public static final int MAX_JOB_LABELS = 16;

    /// Labels of a worker.
    public static final int MAX_WORKER_LABELS = 64;

    /// Handlers of a worker.
    public static final int MAX_HANDLERS = 256;

    /// A worker runs at most this many jobs at once.
    public static final int MAX_SLOTS = 10_000;

    /// Lowest and highest priority; the highest goes first.
    public static final int MAX_PRIORITY = 100;

    /// A run that takes longer than a week is better split into steps.
    public static final long MAX_TIMEOUT_MILLIS = 7L * 24 * 3_600 * 1_000;

    /// A job can be put off by at most a year: further ahead is a schedule's business.
    public static final long MAX_DELAY_MILLIS = 366L * 24 * 3_600 * 1_000;

    /// Live jobs, dead letters included: at under 1 KiB each this is what a heap of 2 GiB bears beside payloads.
    public static final int MAX_JOBS = 1_500_000;

    /// Bytes of payload and checkpoint of all jobs in the ledger together: they are in the memory of every node.
    public static final long MAX_PAYLOAD_TOTAL_BYTES = 256L << 20;

    /// Lanes: each is looked at by itself when slots come free.
    public static final int MAX_LANES = 10_000;

    /// Queues, since each has settings and counters of its own.
    public static final int MAX_QUEUES = 1_000;

    /// Workers, those that are gone and still listed included.
    public static final int MAX_WORKERS = 1_000;

    /// Lost workers that are still listed, and as many that left: what people still ask about, not every pod of the
    /// day.
    public static final int MAX_GONE_WORKERS = 50;

    /// Idempotency keys of all principals; one alone may have three quarters of them.
    public static final int MAX_IDEMPOTENCY_KEYS = 1_000_000;

    /// Job ids remembered as answers under idempotency keys, for answers that are not one unbroken run of ids.
    public static final int MAX_REMEMBERED_IDS = 4_000_000;

    /// Outcome records: whichever of this number and [#OUTCOME_LIFE_MICROS] is reached first.
    public static final int MAX_OUTCOMES = 1_000_000;

    /// Dead letters that can be retried; beyond them the oldest gives up its payload and stays listed without it.
    public static final int MAX_DEAD_LETTERS = 10_000;

    /// Dead letters listed, with and without their payload; beyond them the oldest is found in the history alone.
    public static final int MAX_LISTED_DEAD_LETTERS = 200_000;

    /// Bytes of payload and checkpoint of all dead letters: they must not crowd out live work.
    public static final long MAX_DEAD_PAYLOAD_BYTES = 64L << 20;

    /// One slice of a bulk act changes at most this many jobs: a move costs some microseconds, so a slice holds the
    /// state's thread for a few milliseconds.
    public static final int MAX_BULK = 1_000;

    /// A page of a listing.
    public static final int MAX_PAGE = 500;

    /// An act on all jobs that a filter means looks at no more of them than this in one entry.
    public static final int MAX_SCAN = 10_000;

    /// Jobs that one question for a page looks at: two milliseconds of the state's thread, which meanwhile does nothing
    /// else. A caller that wants more asks again from where it ended.
    public static final int MAX_LOOK = 1_000;

    /// A history block is closed at this many jobs …
    public static final int MAX_BLOCK_JOBS = 512;

    /// … or at this many bytes.
    public static final int MAX_BLOCK_BYTES = 1 << 20;

    /// How long an idempotency key answers as it did, while there is room for it; in elapsed time, as the lives below.
    public static final long IDEMPOTENCY_LIFE_MICROS = 24L * 3_600 * 1_000_000;

    /// How long it answers as it did in any case: a thousand keyed submits a second by one principal, for ten
    /// minutes, are within its share; a client that retries for longer has given up meanwhile.
    public static final long IDEMPOTENCY_FLOOR_MICROS = 600L * 1_000_000;

    /// How long an outcome record is kept.
    public static final long OUTCOME_LIFE_MICROS = 24L * 3_600 * 1_000_000;

    /// How long a lost worker is still listed.
    public static final long LOST_WORKER_LIFE_MICROS = 24L * 3_600 * 1_000_000;

    /// How long a worker that left is still listed: nobody need look for it.
    public static final long LEFT_WORKER_LIFE_MICROS = 3_600L * 1_000_000;

    /// A worker that stops a run at its deadline still has to say so: the claim outlives the deadline by this.
    public static final long DEADLINE_GRACE_MICROS = 5_000_000;

    /// A worker whose runs are lost this often within the window is put on probation: once may be anything.
    public static final int PROBATION_AFTER = 2;

    /// How long a setback of a worker is held against it: a process that crashes in a loop under any supervisor does so
    /// more often.
    public static final long PROBATION_WINDOW_MICROS = 600L * 1_000_000;

    /// How long after a living process was replaced under its name another replacement of a living one shows
    /// that two processes contend for it: a deployment replaces once.
    public static final long TAKEOVER_WINDOW_MICROS = 300L * 1_000_000;

    /// A job lost under this many distinct workers runs alone from then on: it may be what kills them.
    public static final int QUARANTINE_AFTER_WORKERS = 2;

    /// A job lost under this many distinct workers, the last time while it ran alone, is dead.
    public static final int DEAD_AFTER_WORKERS = 3;

    /// A job lost this often runs alone, even if it was always the same worker: it may be the job all the same.
    public static final int QUARANTINE_AFTER_LOSSES = 3;

    /// A job lost this often is dead, even if it was always the same worker: a cluster of one has no other to ask.
    public static final int DEAD_AFTER_LOSSES = 6;

    /// Every so many-th pick of a queue takes its oldest job whatever its priority, against starvation.
    public static final int OLDEST_EVERY = 16;

    private JobLimits() {}
}
