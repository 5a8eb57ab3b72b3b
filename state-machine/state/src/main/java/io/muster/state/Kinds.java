package io.muster.state;

import io.muster.access.AccessCommands;
import io.muster.jobs.JobCommands;
import io.muster.values.ValueCommands;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The commands that this version of Muster knows. Which ledger a kind belongs to, its high byte says. A number never
/// changes its meaning.
///
/// What is not in this table stops the node, so a new command, or a new shape of an old one, enters it with the feature
/// level that every voter must support before anybody may propose it.
public final class Kinds {
    /// Kind of a [io.muster.audits.StartAudit].
    public static final int START_AUDIT = 0x0501;

    /// Kind of a [io.muster.audits.CancelAudit].
    public static final int CANCEL_AUDIT = 0x0502;

    static final int CLUSTER = 0x01;
    static final int VALUES = 0x02;
    static final int JOBS = 0x03;
    static final int ACCESS = 0x04;
    static final int AUDITS = 0x05;

    /// All that there are.
    static final Kinds ALL = new Kinds(all());

    private final Map<Integer, Known> known;

    /// What is known of a kind.
    ///
    /// @param name what people call it, as the record of decisions does
    /// @param version the newest shape of its body that can be read here
    /// @param level the feature level from which on it may stand in the log
    record Known(String name, int version, int level) {}

    Kinds(Map<Integer, Known> known) {
        this.known = Map.copyOf(known);
    }

    /// What is known of `kind`; null for nothing.
    @Nullable Known find(int kind) {
        return known.get(kind);
    }

    static int family(int kind) {
        return kind >>> 8;
    }

    private static Map<Integer, Known> all() {
        var all = new HashMap<Integer, Known>();
        all.put(ClusterCommand.TICK, new Known("cluster.tick", 1, 1));
        all.put(ClusterCommand.CHECK_DIGEST, new Known("cluster.check-digest", 1, 1));
        all.put(ValueCommands.SET, new Known("values.set", 1, 1));
        all.put(ValueCommands.DELETE, new Known("values.delete", 1, 1));
        all.put(ValueCommands.OTHER, new Known("values.other", 1, 1));
        all.put(ValueCommands.CHANGE_SETTING, new Known("values.change-setting", 1, 1));
        all.put(ValueCommands.RAISE_FEATURE_LEVEL, new Known("values.raise-feature-level", 1, 1));
        all.put(JobCommands.SUBMIT, new Known("jobs.submit", 1, 1));
        all.put(JobCommands.CANCEL, new Known("jobs.cancel", 1, 1));
        all.put(JobCommands.RETRY, new Known("jobs.retry", 1, 1));
        all.put(JobCommands.PURGE, new Known("jobs.purge", 1, 1));
        all.put(JobCommands.REPORT_WORK, new Known("jobs.report-work", 1, 1));
        all.put(JobCommands.JOIN_WORKER, new Known("jobs.join-worker", 1, 1));
        all.put(JobCommands.CHANGE_WORKER, new Known("jobs.change-worker", 1, 1));
        all.put(JobCommands.SUSPEND_WORKER, new Known("jobs.suspend-worker", 1, 1));
        all.put(JobCommands.RESUME_WORKER, new Known("jobs.resume-worker", 1, 1));
        all.put(JobCommands.LOSE_WORKER, new Known("jobs.lose-worker", 1, 1));
        all.put(JobCommands.CONFIGURE_QUEUE, new Known("jobs.configure-queue", 1, 1));
        all.put(JobCommands.BULK, new Known("jobs.bulk", 1, 1));
        all.put(JobCommands.LEAVE_WORKER, new Known("jobs.leave-worker", 1, 1));
        all.put(AccessCommands.ADD_KEY, new Known("access.add-key", 1, 1));
        all.put(AccessCommands.ADD_FIRST_KEY, new Known("access.add-first-key", 1, 1));
        all.put(AccessCommands.REVOKE_KEY, new Known("access.revoke-key", 1, 1));
        all.put(AccessCommands.NOTE_DECISION, new Known("access.note-decision", 1, 1));
        all.put(START_AUDIT, new Known("audits.start", 1, 1));
        all.put(CANCEL_AUDIT, new Known("audits.cancel", 1, 1));
        return all;
    }
}
