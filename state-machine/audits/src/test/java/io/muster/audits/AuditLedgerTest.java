package io.muster.audits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.encoding.Bytes;
import io.muster.encoding.Golden;
import io.muster.log.Asker;
import io.muster.log.CommandContract;
import io.muster.log.Envelope;
import io.muster.log.LogTime;
import io.muster.log.ReplyContract;
import io.muster.log.SectionContract;
import io.muster.log.Stamp;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class AuditLedgerTest {
    private static final String DIGEST = "ab".repeat(32);
    private static final Stamp HERE = new Stamp(2, 40, 0, new LogTime(1_000_000, 0));

    @Test
    void a_share_of_the_candidates_is_chosen() {
        assertThat(Sample.choose(packages(100), Share.of(0.2), HERE))
                .hasSize(20)
                .doesNotHaveDuplicates();
        assertThat(Sample.choose(packages(7), Share.ALL, HERE)).isEqualTo(packages(7));
    }

    @Test
    void a_share_is_never_none() {
        assertThat(Sample.choose(packages(3), Share.of(0.2), HERE)).hasSize(1);
    }

    @Test
    void the_choice_can_be_recomputed_from_the_log() {
        var first = Sample.choose(packages(100), Share.of(0.2), HERE);
        var again = Sample.choose(packages(100), Share.of(0.2), HERE);

        assertThat(again).isEqualTo(first);
    }

    @Test
    void the_choice_changes_with_the_place_in_the_log() {
        var first = Sample.choose(packages(100), Share.of(0.2), HERE);
        var elsewhere = Sample.choose(packages(100), Share.of(0.2), new Stamp(2, 41, 0, new LogTime(1_000_000, 0)));

        assertThat(elsewhere).isNotEqualTo(first);
    }

    @Test
    void every_candidate_is_chosen_about_equally_often() {
        var seen = new int[20];
        for (int index = 1; index <= 2_000; index++) {
            for (String chosen :
                    Sample.choose(packages(20), Share.of(0.25), new Stamp(1, index, 0, new LogTime(index, 0)))) {
                seen[Integer.parseInt(chosen.substring(chosen.indexOf('@') + 1))]++;
            }
        }

        assertThat(IntStream.of(seen).boxed())
                .allSatisfy(count -> assertThat(count).isBetween(400, 600));
    }

    @Test
    void an_audit_ends_with_the_last_conclusion_and_counts_a_repeated_one_once() {
        var ledger = new AuditLedger(new NoJobs(), _ -> {});
        var audit = start(ledger, List.of("pkg:npm/a@1", "pkg:npm/b@1"));

        ledger.concluded(end("job-1"), 5);
        ledger.concluded(end("job-1"), 6);
        boolean isFinishedByOne = isFinished(ledger, audit);
        ledger.concluded(end("job-2"), 7);

        assertThat(isFinishedByOne).isFalse();
        var finished = ledger.find(audit).orElseThrow();
        assertThat(finished.conclusions()).hasSize(2);
        assertThat(finished.finishedMicros()).isEqualTo(7);
    }

    @Test
    void two_audits_may_wait_for_one_job() {
        var ledger = new AuditLedger(new NoJobs(), _ -> {});
        var first = start(ledger, List.of("pkg:npm/a@1"));
        ledger.begin(request(List.of("pkg:npm/a@1")), new Stamp(2, 50, 0, new LogTime(2, 0)));
        var second = new AuditId(50);
        ledger.await(second, "job-1", "pkg:npm/a@1");

        ledger.concluded(end("job-1"), 9);

        assertThat(List.of(first, second)).allMatch(audit -> isFinished(ledger, audit));
    }

    @Test
    void a_snapshot_goes_on_where_the_ledger_was() {
        var ledger = new AuditLedger(new NoJobs(), _ -> {});
        var audit = start(ledger, List.of("pkg:npm/a@1", "pkg:npm/b@1"));
        ledger.concluded(end("job-1"), 5);

        var restored = new AuditLedger(new NoJobs(), _ -> {});
        restored.fill(SectionContract.chunks(ledger.freeze()));

        SectionContract.check(ledger, () -> new AuditLedger(new NoJobs(), _ -> {}));
        restored.concluded(end("job-1"), 6);
        assertThat(isFinished(restored, audit)).isFalse();
        restored.concluded(end("job-2"), 7);
        assertThat(isFinished(restored, audit)).isTrue();
    }

    private static boolean isFinished(AuditLedger ledger, AuditId audit) {
        return ledger.find(audit).orElseThrow().isFinished();
    }

    @Test
    void a_finished_audit_makes_room_for_the_next_and_a_running_one_does_not() {
        var ledger = new AuditLedger(new NoJobs(), _ -> {});
        for (int index = 1; index <= AuditLedger.MAX_AUDITS; index++) {
            begin(ledger, index, packages(1));
        }
        var whileAllRun = ledger.hasRoom();
        ledger.concluded(end("job-500"), 5);

        var whenOneHasEnded = ledger.hasRoom();
        begin(ledger, 5_000, packages(1));

        assertThat(whileAllRun).isFalse();
        assertThat(whenOneHasEnded).isTrue();
        assertThat(ledger.find(new AuditId(500))).isEmpty();
        assertThat(ledger.find(new AuditId(499))).isPresent();
        assertThat(ledger.find(new AuditId(5_000))).isPresent();
    }

    @Test
    void running_audits_that_weigh_all_there_is_leave_no_room_and_none_is_forgotten() {
        var ledger = new AuditLedger(new NoJobs(), _ -> {});
        var packages = packages(StartAudit.MAX_CANDIDATES);
        int begun = 0;
        while (ledger.hasRoom()) {
            begin(ledger, ++begun, packages);
        }

        assertThat(begun).isLessThan(AuditLedger.MAX_AUDITS);
        assertThat(ledger.newest(AuditLedger.MAX_AUDITS)).hasSize(begun);
    }

    @Test
    void the_stored_forms_of_the_commands_never_change() {
        var start = new StartAudit("go.mod", DIGEST, Share.of(0.2), 250, List.of("pkg:npm/a@1"));
        var cancel = new CancelAudit(new AuditId(7));

        Golden.check(
                "audits.txt",
                Map.of(
                        "start",
                        Envelope.of(start, Asker.CLUSTER).encode(),
                        "cancel",
                        Envelope.of(cancel, Asker.CLUSTER).encode()));
    }

    @Test
    void the_stored_forms_of_section_and_replies_never_change() {
        var ledger = new AuditLedger(new NoJobs(), _ -> {});
        var audit = start(ledger, List.of("pkg:npm/a@1", "pkg:npm/b@1"));
        ledger.concluded(end("job-1"), 5);

        var forms = new TreeMap<>(SectionContract.forms(ledger.freeze()));
        forms.putAll(ReplyContract.check(
                ledger.replies(),
                AuditReply.class,
                List.of(
                        new AuditReply.Started(audit, 2, 1),
                        new AuditReply.Full("no room", 1_000),
                        new AuditReply.Cancelled(audit, 3),
                        new AuditReply.NotRunning(audit))));

        Golden.check("audit-section.txt", forms);
    }

    @Test
    void commands_read_back_as_they_were_written() {
        var start = new StartAudit("go.mod", DIGEST, Share.of(0.2), 250, List.of("pkg:npm/a@1"));

        CommandContract.check(AuditCommand.class, AuditCommands.KINDS, List.of(start, new CancelAudit(new AuditId(7))));
    }

    @Test
    void the_stored_form_of_the_command_never_changes() {
        var command = new StartAudit("go.mod", DIGEST, Share.of(0.2), 250, List.of("pkg:npm/a@1"));

        assertThat(HexFormat.of().formatHex(command.encode().array()))
                .isEqualTo("01" + "06676f2e6d6f64" + "40" + "6162".repeat(32) + "c09a0c" + "fa01" + "01"
                        + "0b706b673a6e706d2f614031");
    }

    @Test
    void bad_requests_are_refused_in_a_sentence() {
        assertThatThrownBy(() -> request(List.of())).hasMessageContaining("1 to 10000 candidates");
        assertThatThrownBy(() -> request(List.of("left-pad"))).hasMessageContaining("no package URL");
        assertThatThrownBy(() -> request(List.of("pkg:npm/\"@1"))).hasMessageContaining("no package URL");
        assertThatThrownBy(() -> Share.of(0)).hasMessageContaining("above 0");
        assertThatThrownBy(() -> new StartAudit("", "xyz", Share.ALL, 0, packages(1)))
                .hasMessageContaining("SHA-256");
    }

    private static AuditId start(AuditLedger ledger, List<String> candidates) {
        ledger.begin(request(candidates), HERE);
        var id = new AuditId(HERE.index());
        int number = 1;
        for (String candidate : candidates) {
            ledger.await(id, "job-" + number++, candidate);
        }
        return id;
    }

    /// Starts an audit whose jobs are all called `job-<index>`.
    private static void begin(AuditLedger ledger, long index, List<String> candidates) {
        ledger.begin(request(candidates), new Stamp(2, index, 0, new LogTime(index, 0)));
        ledger.await(new AuditId(index), "job-" + index, candidates.getFirst());
    }

    private static StartAudit request(List<String> candidates) {
        return new StartAudit("", DIGEST, Share.ALL, 0, candidates);
    }

    private static JobEnd end(String job) {
        return new JobEnd(job, JobEnd.Completion.CONCLUDED, "node-1", 1, Bytes.utf8("{}"));
    }

    private static List<String> packages(int count) {
        return IntStream.range(0, count).mapToObj(i -> "pkg:npm/p@" + i).toList();
    }

    /// Nobody is asked for jobs: these tests say themselves which jobs there are.
    private static final class NoJobs implements AuditedJobs {
        @Override
        public boolean hasRoomFor(AuditId audit, StartAudit request, int candidates) {
            return false;
        }

        @Override
        public List<Receipt> submit(Stamp stamp, AuditId audit, StartAudit request, List<String> candidates) {
            return List.of();
        }

        @Override
        public int cancel(Stamp stamp, List<String> jobs) {
            return 0;
        }
    }
}
