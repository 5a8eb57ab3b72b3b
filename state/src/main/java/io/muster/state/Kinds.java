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
    /// @param version the newest shape of its body that can be read here
    /// @param level the feature level from which on it may stand in the log
    record Known(int version, int level) {}

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
        var first = new Known(1, 1);
        int[] kinds = {
            ClusterCommand.TICK,
            ClusterCommand.CHECK_DIGEST,
            ValueCommands.SET,
            ValueCommands.DELETE,
            ValueCommands.OTHER,
            ValueCommands.CHANGE_SETTING,
            ValueCommands.RAISE_FEATURE_LEVEL,
            JobCommands.SUBMIT,
            JobCommands.CANCEL,
            JobCommands.RETRY,
            JobCommands.PURGE,
            JobCommands.REPORT_WORK,
            JobCommands.JOIN_WORKER,
            JobCommands.CHANGE_WORKER,
            JobCommands.SUSPEND_WORKER,
            JobCommands.RESUME_WORKER,
            JobCommands.LOSE_WORKER,
            JobCommands.CONFIGURE_QUEUE,
            AccessCommands.ADD_KEY,
            AccessCommands.ADD_FIRST_KEY,
            AccessCommands.REVOKE_KEY,
            AccessCommands.NOTE_DECISION,
            START_AUDIT,
        };
        for (int kind : kinds) {
            all.put(kind, first);
        }
        return all;
    }
}
