package io.muster.values;

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
import org.junit.jupiter.api.Test;

final class ValueLedgerTest {
    private final ValueLedger ledger = new ValueLedger(_ -> {});
    private long index;

    @Test
    void a_set_value_is_found_with_the_entry_that_stored_it() {
        ValueReply reply = apply(new ValueCommand.Set("x", Bytes.utf8("10")));

        assertThat(reply).isEqualTo(new ValueReply.Stored(1));
        assertThat(ledger.find("x")).contains(new Value(Bytes.utf8("10"), 1, 1_000));
    }

    @Test
    void a_deleted_key_is_gone_and_deleting_it_again_says_so() {
        apply(new ValueCommand.Set("x", Bytes.utf8("10")));

        assertThat(apply(new ValueCommand.Delete("x"))).isEqualTo(new ValueReply.Deleted());
        assertThat(apply(new ValueCommand.Delete("x"))).isEqualTo(new ValueReply.NotThere());
        assertThat(ledger.values()).isEmpty();
    }

    @Test
    void any_other_command_is_accepted_and_changes_nothing() {
        apply(new ValueCommand.Set("x", Bytes.utf8("10")));

        ValueReply reply = apply(new ValueCommand.Other(Bytes.utf8("{\"operation\":\"NOOP\"}")));

        assertThat(reply).isEqualTo(new ValueReply.Accepted());
        assertThat(ledger.values()).hasSize(1);
        assertThat(ledger.recent()).hasSize(2);
    }

    @Test
    void a_full_ledger_refuses_new_bytes_but_still_overwrites_and_deletes() {
        var mebibyte = Bytes.wrap(new byte[ValueLimits.MAX_VALUE_BYTES]);
        for (int i = 0; i < 63; i++) {
            apply(new ValueCommand.Set("k" + i, mebibyte));
        }
        var rest = Bytes.wrap(new byte[ValueLimits.MAX_VALUE_BYTES - 200]);
        apply(new ValueCommand.Set("k63", rest));

        assertThat(apply(new ValueCommand.Set("one more", mebibyte))).isInstanceOf(ValueReply.Full.class);
        assertThat(apply(new ValueCommand.Set("k0", Bytes.utf8("1")))).isInstanceOf(ValueReply.Stored.class);
        assertThat(apply(new ValueCommand.Set("one more", rest))).isInstanceOf(ValueReply.Stored.class);
    }

    @Test
    void the_recent_commands_are_bounded_and_the_newest_stay() {
        for (int i = 0; i < ValueLimits.MAX_RECENT + 5; i++) {
            apply(new ValueCommand.Set("x", Bytes.utf8(Integer.toString(i))));
        }

        assertThat(ledger.recent()).hasSize(ValueLimits.MAX_RECENT);
        assertThat(ledger.recent().getLast().index()).isEqualTo(index);
    }

    @Test
    void what_is_out_of_bounds_cannot_even_be_said() {
        assertThatThrownBy(() -> new ValueCommand.Delete("")).hasMessageContaining("use 1 to 512");
        assertThatThrownBy(() -> new ValueCommand.Set("x", Bytes.wrap(new byte[(1 << 20) + 1])))
                .hasMessageContaining("over the limit");
    }

    @Test
    void the_stored_forms_never_change() {
        Map<String, byte[]> forms = new LinkedHashMap<>();
        for (ValueCommand command : everyCommand()) {
            apply(command);
            forms.put(
                    Integer.toHexString(command.kind().number()),
                    command.encode().array());
        }
        forms.putAll(SectionContract.forms(ledger.freeze()));
        forms.putAll(ReplyContract.check(ledger.replies(), ValueReply.class, everyReply()));

        Golden.check("values.txt", forms);
    }

    @Test
    void commands_read_back_as_they_were_written() {
        CommandContract.check(ValueCommand.class, ValueCommands.KINDS, everyCommand());
    }

    @Test
    void a_ledger_read_back_from_its_snapshot_is_the_same_and_goes_on_the_same() {
        everyCommand().forEach(this::apply);
        apply(new ValueCommand.Set("y", Bytes.utf8("[1,2]")));

        var copy = new ValueLedger(_ -> {});
        copy.fill(SectionContract.chunks(ledger.freeze()));
        var stamp = new Stamp(2, 100, 0, new LogTime(9_000, 0));
        copy.apply(stamp, new ValueCommand.Delete("y"));
        ledger.apply(stamp, new ValueCommand.Delete("y"));

        assertThat(SectionContract.chunks(copy.freeze())).isEqualTo(SectionContract.chunks(ledger.freeze()));
    }

    @Test
    void its_section_reads_back_whole_or_not_at_all() {
        everyCommand().forEach(this::apply);

        SectionContract.check(ledger, () -> new ValueLedger(_ -> {}));
    }

    @Test
    void a_frozen_ledger_stays_as_it_was() {
        everyCommand().forEach(this::apply);
        var frozen = ledger.freeze();
        var before = SectionContract.chunks(frozen);

        apply(new ValueCommand.Set("later", Bytes.utf8("1")));

        assertThat(SectionContract.chunks(frozen)).isEqualTo(before);
    }

    private static List<ValueReply> everyReply() {
        return List.of(
                new ValueReply.Stored(7),
                new ValueReply.Deleted(),
                new ValueReply.NotThere(),
                new ValueReply.Accepted(),
                new ValueReply.Full("keys", ValueLimits.MAX_KEYS));
    }

    private static List<ValueCommand> everyCommand() {
        return List.of(
                new ValueCommand.Set("x", Bytes.utf8("10")),
                new ValueCommand.Delete("z"),
                new ValueCommand.Other(Bytes.utf8("{\"operation\":\"NOOP\"}")));
    }

    private ValueReply apply(ValueCommand command) {
        index++;
        return ledger.apply(new Stamp(1, index, 0, new LogTime(index * 1_000, 0)), command);
    }
}
