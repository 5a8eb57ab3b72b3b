package io.muster.jobs;

/// How a queue is served.
///
/// @param weight its share of the slots against other queues, 1 to 1,000
/// @param leaderWorks whether the leader's own worker takes its jobs
/// @param flow whether its jobs are given out
public record QueueSettings(int weight, LeaderWorks leaderWorks, Flow flow) {
    /// What any queue starts with.
    public static final QueueSettings DEFAULT = new QueueSettings(1, LeaderWorks.ALWAYS, Flow.OPEN);

    /// What the queue [#AUDITS] starts with: the leader plans audits and others conclude them, so that no node
    /// judges what it chose itself; a cluster of one still works.
    public static final QueueSettings FOR_AUDITS = new QueueSettings(1, LeaderWorks.WHEN_ALONE, Flow.OPEN);

    /// The queue of audits.
    public static final String AUDITS = "audits";

    private static final int MAX_WEIGHT = 1_000;

    public QueueSettings {
        FieldRules.within("a weight", weight, 1, MAX_WEIGHT);
    }

    /// What the queue `name` starts with.
    public static QueueSettings initial(String name) {
        return name.equals(AUDITS) ? FOR_AUDITS : DEFAULT;
    }

    /// Whether the leader's own worker takes jobs of a queue.
    public enum LeaderWorks {
        NEVER,
        /// Only while no other worker could.
        WHEN_ALONE,
        ALWAYS
    }

    /// Whether jobs of a queue are given out.
    public enum Flow {
        OPEN,
        PAUSED
    }
}
