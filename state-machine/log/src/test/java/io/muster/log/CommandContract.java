package io.muster.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.encoding.Bytes;
import io.muster.encoding.MalformedException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;

/// What holds of the commands of every ledger: each has a kind that the ledger lists, travels under
/// that kind's number and version, and reads back as it was written or not at all.
public final class CommandContract {
    private CommandContract() {}

    /// Holds a ledger's commands to it.
    ///
    /// @param type the sealed type of the commands
    /// @param kinds all kinds that the ledger lists
    /// @param samples at least one command of each kind
    public static <C extends LogCommand> void check(
            Class<C> type, List<CommandKind<C>> kinds, List<? extends C> samples) {
        everyCommandHasAKindThatIsListed(type, kinds, samples);
        for (C sample : samples) {
            itTravelsUnderItsOwnNumberAndVersion(sample);
            itReadsBackAsItWasWritten(sample);
            nothingElseReadsBack(sample);
        }
    }

    private static <C extends LogCommand> void everyCommandHasAKindThatIsListed(
            Class<C> type, List<CommandKind<C>> kinds, List<? extends C> samples) {
        var classes = samples.stream().map(Object::getClass).toList();
        assertThat(new HashSet<Class<?>>(classes))
                .as("a sample of every command")
                .isEqualTo(new HashSet<>(Arrays.asList(type.getPermittedSubclasses())));
        assertThat(new HashSet<CommandKind<?>>(kinds))
                .as("the kinds that are listed")
                .isEqualTo(samples.stream().map(LogCommand::kind).collect(Collectors.toSet()));
        assertThat(kinds.stream().map(CommandKind::number)).doesNotHaveDuplicates();
        assertThat(kinds.stream().map(CommandKind::name)).doesNotHaveDuplicates();
    }

    private static void itTravelsUnderItsOwnNumberAndVersion(LogCommand sample) {
        var envelope = Envelope.of(sample, new Asker("ada", "trace", "key"));

        assertThat(envelope)
                .isEqualTo(new Envelope(
                        sample.kind().number(), sample.kind().version(), "ada", "trace", "key", sample.encode()));
    }

    private static void itReadsBackAsItWasWritten(LogCommand sample) {
        assertThat(sample.kind().decode(sample.kind().version(), sample.encode()))
                .isEqualTo(sample);
    }

    private static void nothingElseReadsBack(LogCommand sample) {
        var kind = sample.kind();
        byte[] whole = sample.encode().array();
        for (int length = 0; length < whole.length; length++) {
            var cut = Bytes.wrap(Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> kind.decode(kind.version(), cut))
                    .as("%s cut to %s bytes", sample, length)
                    .isInstanceOfAny(MalformedException.class, IllegalArgumentException.class);
        }
        var longer = Bytes.wrap(Arrays.copyOf(whole, whole.length + 1));
        assertThatThrownBy(() -> kind.decode(kind.version(), longer)).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> kind.decode(kind.version() + 1, sample.encode()))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining(kind.name());
    }
}
