package io.muster.state;

import io.muster.access.AccessCommand;
import io.muster.audits.Share;
import io.muster.audits.StartAudit;
import io.muster.encoding.Bytes;
import io.muster.encoding.Golden;
import io.muster.jobs.Capacity;
import io.muster.jobs.JobCommand;
import io.muster.jobs.JobSpec;
import io.muster.jobs.Labels;
import io.muster.log.CommandContract;
import io.muster.log.NodeId;
import io.muster.values.ValueCommand;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What this module itself puts into the log.
final class StoredFormsTest {
    private static final ClusterCommand.CheckDigest CHECK = new ClusterCommand.CheckDigest(
            10_000, 3, new TreeMap<>(Map.of(new NodeId("node-1"), 0x0123_4567_89AB_CDEFL, new NodeId("node-2"), -1L)));

    private static final ClusterCommand.RaiseFeatureLevel RAISE = new ClusterCommand.RaiseFeatureLevel(2);

    @Test
    void the_stored_forms_never_change() {
        Map<String, byte[]> forms = new TreeMap<>();
        forms.put("tick", StateLog.of(new ClusterCommand.Tick()).encode());
        forms.put("check-digest", StateLog.of(CHECK).encode());
        forms.put("raise-feature-level", StateLog.of(RAISE).encode());

        Golden.check("cluster-commands.txt", forms);
    }

    /// The record of decisions holds the names, and logs that were written hold the rest.
    @Test
    void number_name_version_and_level_of_a_kind_never_change() {
        String kinds = Stream.concat(
                        Stream.of(new ClusterLedger(ClusterState.FEATURE_LEVEL)), new Ledgers(_ -> {}).all().stream())
                .flatMap(ledger -> ledger.kinds().stream())
                .map(kind -> "0x%04x %s version %d level %d %s repeats %s"
                        .formatted(
                                kind.number(),
                                kind.name(),
                                kind.version(),
                                kind.level(),
                                kind.recording(),
                                kind.repeats()))
                .sorted()
                .collect(Collectors.joining("\n"));

        Golden.check("kinds.txt", kinds);
    }

    @Test
    void commands_read_back_as_they_were_written() {
        CommandContract.check(
                ClusterCommand.class, ClusterCommands.KINDS, List.of(new ClusterCommand.Tick(), CHECK, RAISE));
    }

    /// The log holds digests: a node that replays an old log must find them again.
    @Test
    void the_digest_of_a_log_never_changes_within_a_feature_level() {
        var log = new StateLog();
        var job = JobSpec.of("noop", "default", Bytes.utf8("{}"));
        log.lead("node-1");
        log.apply(StateLog.of(
                new JobCommand.JoinWorker(new NodeId("worker-a"), 1, Capacity.of(2, Labels.of(), List.of("noop")))));
        log.apply(StateLog.asked(StateLog.of(new JobCommand.Submit(List.of(job, job, job))), "ada", "key-1"));
        log.apply(StateLog.asked(StateLog.of(new ValueCommand.Set("x", Bytes.utf8("1"))), "ada", "key-2"));
        log.apply(StateLog.of(new AccessCommand.AddKey(Tampering.key())));
        log.apply(StateLog.of(new StartAudit("go.mod", Tampering.DATABASE, Share.ALL, 0, List.of("pkg:npm/a@1"))));
        log.pass(60 * StateLog.SECOND);
        log.engineOwn();

        Golden.check(
                "state-digest.txt",
                Map.of(
                        "level-1",
                        Bytes.utf8(Long.toHexString(log.state.digest())).array()));
    }
}
