package io.muster.references;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.encoding.Bytes;
import io.muster.encoding.Golden;
import io.muster.log.CommandContract;
import io.muster.log.LogTime;
import io.muster.log.ReplyContract;
import io.muster.log.SectionContract;
import io.muster.log.Stamp;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class ReferenceLedgerTest {
    private static final long SEED = Long.getLong("seed", 11);
    private static final long HOUR = 3_600L * 1_000_000;

    private final Uses uses = new Uses();
    private final ReferenceLedger ledger = new ReferenceLedger(uses);
    private long index;
    private long elapsed = HOUR;

    /// Jobs that run as every worker's first attempt, unless told otherwise.
    private static final class Uses implements ObjectUses {
        private boolean isRunning = true;
        private boolean isRemembered;
        private String audited = "";

        @Override
        public boolean isRunBy(String job, int attempt, String worker) {
            return isRunning;
        }

        @Override
        public boolean isRemembered(String job) {
            return isRemembered;
        }

        @Override
        public boolean isAudited(String database) {
            return audited.equals(database);
        }
    }

    private static ObjectId object(int number, long bytes) {
        return new ObjectId(String.format("%064x", number), bytes);
    }

    private static JobOutput output(String job, FullText fullText) {
        return new JobOutput(job, 1, "w", 9, Bytes.utf8("the end\n"), fullText);
    }

    private static AdvisorySet set(int number) {
        return new AdvisorySet(String.format("%064x", 1_000 + number), object(number, 10), 3);
    }

    private ReferenceReply apply(ReferenceCommand command, String principal) {
        index++;
        var stamp = new Stamp(1, index, 0, new LogTime(7 * elapsed, elapsed));
        ledger.advance(stamp);
        return ledger.apply(stamp, command, principal);
    }

    private ReferenceReply keep(String job, ObjectId id) {
        return apply(new ReferenceCommand.KeepOutput(output(job, new FullText.InObject(id)), elapsed), "worker:w");
    }

    private ReferenceReply publish(int number) {
        return apply(new ReferenceCommand.PublishAdvisories(set(number), elapsed), "ada");
    }

    private void pass(long micros) {
        elapsed += micros;
        apply(new ReferenceCommand.Mark(), "");
    }

    @Test
    void an_output_is_found_with_the_object_that_holds_it() {
        assertThat(keep("job-a", object(1, 5_000))).isEqualTo(new ReferenceReply.Kept());

        assertThat(ledger.output("job-a")).contains(output("job-a", new FullText.InObject(object(1, 5_000))));
        assertThat(ledger.object(object(1, 0).digest())).contains(new NamedObject(object(1, 5_000), "worker:w", 1, 0));
    }

    @Test
    void only_who_runs_the_attempt_says_what_it_has_printed() {
        uses.isRunning = false;

        assertThat(keep("job-a", object(1, 5_000))).isEqualTo(new ReferenceReply.NotRunning("job-a", 1));
        assertThat(ledger.output("job-a")).isEmpty();
        assertThat(ledger.objectCount()).isZero();
    }

    @Test
    void a_later_attempt_takes_the_place_of_the_earlier() {
        keep("job-a", object(1, 5_000));
        keep("job-a", object(2, 6_000));

        assertThat(ledger.object(object(1, 0).digest()).orElseThrow().references())
                .isZero();
        assertThat(ledger.object(object(2, 0).digest()).orElseThrow().references())
                .isEqualTo(1);
    }

    @Test
    void an_object_that_nothing_names_is_forgotten_after_the_grace_and_not_before() {
        keep("job-a", object(1, 5_000));
        keep("job-a", object(2, 6_000));

        pass(ReferenceLimits.GRACE_MICROS - 1);
        assertThat(ledger.objectCount()).isEqualTo(2);
        assertThat(ledger.isDueAt(new LogTime(0, elapsed))).isFalse();
        assertThat(ledger.isDueAt(new LogTime(0, elapsed + 1))).isTrue();

        pass(1);
        assertThat(ledger.objects()).extracting(NamedObject::id).containsExactly(object(2, 6_000));
        assertThat(ledger.objectBytes()).isEqualTo(6_000);
    }

    @Test
    void one_that_is_named_again_within_the_grace_stays() {
        keep("job-a", object(1, 5_000));
        keep("job-a", object(2, 6_000));
        pass(ReferenceLimits.GRACE_MICROS - 1);
        keep("job-b", object(1, 5_000));

        pass(ReferenceLimits.GRACE_MICROS);

        assertThat(ledger.object(object(1, 0).digest())).isPresent();
    }

    @Test
    void an_output_lives_a_day_and_on_as_long_as_its_job_is_remembered() {
        keep("job-a", object(1, 5_000));
        uses.isRemembered = true;
        pass(ReferenceLimits.OUTPUT_LIFE_MICROS);
        assertThat(ledger.output("job-a")).isPresent();

        uses.isRemembered = false;
        pass(ReferenceLimits.OUTPUT_LIFE_MICROS - 1);
        assertThat(ledger.output("job-a")).isPresent();
        pass(1);

        assertThat(ledger.output("job-a")).isEmpty();
        assertThat(ledger.object(object(1, 0).digest()).orElseThrow().references())
                .isZero();
    }

    @Test
    void a_proof_that_is_too_old_names_nothing() {
        long proven = elapsed;
        elapsed += ReferenceLimits.PROOF_LIFE_MICROS + 1;

        var keep = new ReferenceCommand.KeepOutput(output("job-a", new FullText.InObject(object(1, 5))), proven);
        assertThat(apply(keep, "worker:w")).isEqualTo(new ReferenceReply.ProofTooOld());
        assertThat(apply(new ReferenceCommand.PublishAdvisories(set(1), proven), "ada"))
                .isEqualTo(new ReferenceReply.ProofTooOld());
        assertThat(ledger.objectCount()).isZero();
        assertThat(ledger.current()).isEmpty();
    }

    @Test
    void an_output_without_its_full_text_says_why_and_names_no_object() {
        var output = output("job-a", new FullText.Missing("two of three nodes are down"));

        assertThat(apply(new ReferenceCommand.KeepOutput(output, 0), "worker:w"))
                .isEqualTo(new ReferenceReply.Kept());
        assertThat(ledger.output("job-a")).contains(output);
        assertThat(ledger.objectCount()).isZero();
    }

    @Test
    void no_owner_names_more_than_its_share() {
        for (int i = 0; i < 8; i++) {
            keep("job-" + i, object(i, ObjectId.MAX_BYTES));
        }

        assertThat(keep("job-x", object(100, 1))).isInstanceOfSatisfying(ReferenceReply.Full.class, full -> {
            assertThat(full.room()).isEqualTo(ReferenceReply.Room.OF_OWNER);
            assertThat(full.mayChange()).isTrue();
        });
        assertThat(keep("job-x", object(1, ObjectId.MAX_BYTES)))
                .as("what is there costs nothing more")
                .isEqualTo(new ReferenceReply.Kept());
        assertThat(publish(100)).isEqualTo(new ReferenceReply.Published());
    }

    @Test
    void all_together_name_no_more_than_the_nodes_disks_are_to_hold() {
        for (int i = 0; i < 16; i++) {
            apply(
                    new ReferenceCommand.KeepOutput(
                            output("job-" + i, new FullText.InObject(object(i, ObjectId.MAX_BYTES))), elapsed),
                    "worker:" + i % 2);
        }

        assertThat(publish(100))
                .isInstanceOfSatisfying(
                        ReferenceReply.Full.class,
                        full -> assertThat(full.room()).isEqualTo(ReferenceReply.Room.IN_TOTAL));
    }

    @Test
    void one_digest_cannot_have_two_sizes() {
        keep("job-a", object(1, 5));

        assertThat(keep("job-b", object(1, 6))).isInstanceOf(ReferenceReply.Full.class);
    }

    @Test
    void tails_are_bounded_and_the_oldest_outputs_go() {
        var tail = Bytes.wrap(new byte[ReferenceLimits.MAX_TAIL_BYTES]);
        int fitting = (int) (ReferenceLimits.MAX_TAILS_BYTES / tail.size());
        for (int i = 0; i <= fitting; i++) {
            var output = new JobOutput("job-" + i, 1, "w", tail.size(), tail, new FullText.InTail());
            apply(new ReferenceCommand.KeepOutput(output, 0), "worker:w");
        }

        assertThat(ledger.outputs()).hasSize(fitting);
        assertThat(ledger.output("job-0")).isEmpty();
    }

    @Test
    void the_last_published_set_is_the_one_in_use_and_the_one_before_goes_after_the_grace() {
        publish(1);
        publish(2);

        assertThat(ledger.current().orElseThrow().set()).isEqualTo(set(2));
        assertThat(ledger.set(set(1).database())).isPresent();

        pass(ReferenceLimits.GRACE_MICROS);
        assertThat(ledger.sets()).extracting(PublishedSet::set).containsExactly(set(2));
        assertThat(ledger.object(set(1).object().digest())).isEmpty();
    }

    @Test
    void an_old_set_stays_while_an_audit_that_runs_names_it() {
        publish(1);
        publish(2);
        uses.audited = set(1).database();
        pass(ReferenceLimits.GRACE_MICROS);
        assertThat(ledger.set(set(1).database())).isPresent();
        assertThat(ledger.object(set(1).object().digest())).isPresent();

        uses.audited = "";
        pass(ReferenceLimits.GRACE_MICROS);
        assertThat(ledger.set(set(1).database())).isEmpty();
    }

    @Test
    void publishing_the_set_in_use_again_changes_no_count() {
        publish(1);
        publish(1);

        assertThat(ledger.object(set(1).object().digest()).orElseThrow().references())
                .isEqualTo(1);
    }

    @Test
    void references_are_what_a_recount_finds_and_a_copy_goes_on_the_same() {
        System.out.println("ReferenceLedgerTest seed=" + SEED);
        var random = new SplittableRandom(SEED);
        for (int i = 0; i < 20_000; i++) {
            uses.isRunning = random.nextInt(10) > 0;
            uses.isRemembered = random.nextInt(3) == 0;
            uses.audited = set(random.nextInt(20)).database();
            switch (random.nextInt(4)) {
                case 0 -> pass(random.nextLong(2 * HOUR));
                case 1 -> publish(random.nextInt(20));
                default -> {
                    int number = random.nextInt(30);
                    keep("job-" + random.nextInt(50), object(number, 10));
                }
            }
            recount();
        }
        SectionContract.check(ledger, () -> new ReferenceLedger(uses));
    }

    private void recount() {
        var counts = new TreeMap<String, Integer>();
        ledger.outputs().values().forEach(kept -> {
            if (kept.output().fullText() instanceof FullText.InObject(var id)) {
                counts.merge(id.digest(), 1, Integer::sum);
            }
        });
        ledger.current()
                .ifPresent(current -> counts.merge(current.set().object().digest(), 1, Integer::sum));
        for (NamedObject each : ledger.objects()) {
            assertThat(each.references())
                    .as("%s", each)
                    .isEqualTo(counts.getOrDefault(each.id().digest(), 0));
            assertThat(each.freeSinceMicros() > 0).isEqualTo(each.references() == 0);
            counts.remove(each.id().digest());
        }
        assertThat(counts).as("named and not known").isEmpty();
        assertThat(ledger.objectBytes())
                .isEqualTo(ledger.objects().stream()
                        .mapToLong(each -> each.id().bytes())
                        .sum());
    }

    @Test
    void what_was_never_true_cannot_even_be_said() {
        assertThatThrownBy(() -> new ObjectId("ABC", 1)).hasMessageContaining("64 lower-case");
        assertThatThrownBy(() -> object(1, ObjectId.MAX_BYTES + 1)).hasMessageContaining("over the limit");
        assertThatThrownBy(() -> new JobOutput("j", 1, "w", 3, Bytes.utf8("ab"), new FullText.InTail()))
                .hasMessageContaining("not all");
        assertThatThrownBy(() -> new JobOutput("j", 0, "w", 2, Bytes.utf8("ab"), new FullText.InTail()))
                .hasMessageContaining("attempt 0");
    }

    private static List<ReferenceCommand> everyCommand() {
        return List.of(
                new ReferenceCommand.KeepOutput(output("job-a", new FullText.InObject(object(1, 500))), 77),
                new ReferenceCommand.KeepOutput(output("job-b", new FullText.Missing("no room")), 0),
                new ReferenceCommand.PublishAdvisories(set(4), 78),
                new ReferenceCommand.Mark());
    }

    @Test
    void the_stored_forms_never_change() {
        Map<String, byte[]> forms = new LinkedHashMap<>();
        for (ReferenceCommand command : everyCommand()) {
            elapsed = 100;
            apply(command, "ada");
            forms.put(
                    Integer.toHexString(command.kind().number()) + "-" + forms.size(),
                    command.encode().array());
        }
        forms.putAll(SectionContract.forms(ledger.freeze()));

        Golden.check("reference-commands.txt", forms);
    }

    @Test
    void commands_read_back_as_they_were_written() {
        CommandContract.check(ReferenceCommand.class, ReferenceCommands.KINDS, everyCommand());
    }

    @Test
    void replies_read_back_as_they_were_written() {
        Golden.check(
                "reference-replies.txt",
                ReplyContract.check(
                        ledger.replies(),
                        ReferenceReply.class,
                        List.of(
                                new ReferenceReply.Kept(),
                                new ReferenceReply.NotRunning("job-a", 2),
                                new ReferenceReply.Published(),
                                new ReferenceReply.Marked(),
                                new ReferenceReply.ProofTooOld(),
                                new ReferenceReply.Full(ReferenceReply.Room.OF_OWNER, "no room"))));
    }
}
