package io.muster.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.access.AccessCommand;
import io.muster.access.KeyRecord;
import io.muster.access.Role;
import io.muster.encoding.Bytes;
import io.muster.jobs.JobCommand;
import io.muster.jobs.JobSpec;
import io.muster.log.Asker;
import io.muster.log.CommittedBatch;
import io.muster.log.CommittedBatch.Content;
import io.muster.log.Entries;
import io.muster.log.Envelope;
import io.muster.log.LogCommand;
import io.muster.log.LogTime;
import io.muster.log.NodeId;
import io.muster.values.ValueCommand;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LogReadingTest {
    private static final Asker ADA = new Asker("ada", "", "");

    private final LogReading reading = new LogReading();

    @Test
    void a_set_says_its_key_and_its_value() {
        var entry = read(new ValueCommand.Set("colour", Bytes.utf8("{\"r\":10}")));

        assertThat(entry.kind()).isEqualTo("values.set");
        assertThat(entry.summary()).isEqualTo("colour = {\"r\":10}");
        assertThat(entry.principal()).isEqualTo("ada");
        assertThat(entry.index()).isEqualTo(8);
    }

    @Test
    void a_long_value_is_cut() {
        var entry = read(new ValueCommand.Set("colour", Bytes.utf8("\"" + "x".repeat(100_000) + "\"")));

        assertThat(entry.summary()).hasSize(LogReading.MAX_SUMMARY_BYTES);
        assertThat(entry.bytes()).isGreaterThan(100_000);
    }

    @Test
    void the_payload_of_a_job_is_not_shown() {
        var job = JobSpec.of("script", "nightly", Bytes.utf8("{\"token\":\"hunter2\"}"));

        var entry = read(new JobCommand.Submit(List.of(job, job)));

        assertThat(entry.summary()).isEqualTo("2 jobs, the first script in nightly");
    }

    @Test
    void the_hash_of_a_key_is_not_shown() {
        var key = new KeyRecord("0123456789ab", "bob", Role.VIEWER, "", Bytes.wrap(new byte[32]), "for bob");

        assertThat(read(new AccessCommand.AddKey(key)).summary()).isEqualTo("0123456789ab for bob, viewer");
    }

    @Test
    void the_start_of_a_term_says_who_leads() {
        var batch = batch(1, new Content.TermStart(new NodeId("node-2")));

        assertThat(reading.read(batch)).extracting(LoggedEntry::summary).containsExactly("node-2 leads");
    }

    @Test
    void what_nobody_can_read_is_shown_as_such() {
        var entry = read(new Envelope(0x7701, 1, "", "", "", Bytes.EMPTY));
        var garbled = read(new Envelope(0x0302, 1, "", "", "", Bytes.wrap(new byte[] {(byte) 0xFF, 1})));

        assertThat(entry.kind()).isEqualTo("0x7701");
        assertThat(garbled.summary()).startsWith("cannot be read: ");
    }

    @Test
    void entries_of_a_batch_are_numbered_in_order() {
        var set = Envelope.of(new ValueCommand.Delete("a"), ADA).encode();
        var batch = batch(3, new Content.Commands(Entries.join(Arrays.asList(set, set, set))));

        assertThat(reading.read(batch)).extracting(LoggedEntry::index).containsExactly(8L, 9L, 10L);
    }

    private LoggedEntry read(LogCommand command) {
        return read(Envelope.of(command, ADA));
    }

    private LoggedEntry read(Envelope envelope) {
        return reading.read(batch(1, new Content.Commands(Entries.join(List.of(envelope.encode())))))
                .getFirst();
    }

    private static CommittedBatch batch(int count, Content content) {
        return new CommittedBatch(8, count, 2, LogTime.ZERO, content, List.of());
    }
}
