package io.muster.state;

import io.muster.access.AccessCommand;
import io.muster.access.KeyRecord;
import io.muster.access.Role;
import io.muster.audits.Share;
import io.muster.audits.StartAudit;
import io.muster.encoding.Bytes;
import io.muster.jobs.CommandOrigin;
import io.muster.jobs.JobCommand;
import io.muster.jobs.JobSpec;
import io.muster.log.LogTime;
import io.muster.log.Stamp;
import io.muster.values.ValueCommand;
import java.util.List;

/// What a broken node may do: change a ledger behind the log's back.
final class Tampering {
    static final String DATABASE = "ab".repeat(32);

    private static final Stamp HERE = new Stamp(1, 1, 1, new LogTime(1_700_000_000_001_000L, 1_000));

    private Tampering() {}

    static void withJobs(ClusterState state) {
        state.jobs()
                .apply(
                        HERE,
                        CommandOrigin.INTERNAL,
                        new JobCommand.Submit(List.of(JobSpec.of("noop", "default", Bytes.EMPTY))));
    }

    static void withValues(ClusterState state) {
        state.values().apply(HERE, new ValueCommand.Set("x", Bytes.utf8("1")));
    }

    static void withAccess(ClusterState state) {
        state.access().apply(HERE, new AccessCommand.AddKey(key()));
    }

    static void withAudits(ClusterState state) {
        state.audits()
                .apply(
                        HERE,
                        new StartAudit("", DATABASE, Share.ALL, 0, List.of("pkg:npm/a@1")),
                        StateLog.of(new ClusterCommand.Tick()));
    }

    static KeyRecord key() {
        return new KeyRecord("0123456789ab", "ops", Role.ADMIN, "", Bytes.wrap(new byte[32]), "");
    }
}
