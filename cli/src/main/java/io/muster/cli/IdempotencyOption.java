package io.muster.cli;

import io.muster.client.MusterClient;
import io.muster.client.UnknownOutcomeException;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Under which key a command writes, so that it can be repeated when nobody knows what became of it.
final class IdempotencyOption {
    /// The server takes 256 bytes, and a command that makes several writes counts them behind its key.
    private static final int MAX_CHARACTERS = 240;

    /// What a header carries unchanged, whatever stands between.
    private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7e]{1," + MAX_CHARACTERS + "}");

    @Option(
            names = "--idempotency-key",
            paramLabel = "KEY",
            description = "Under which a repetition is known again (default: a new one).")
    private @Nullable String given;

    private final String drawn = UUID.randomUUID().toString();

    /// One write, or one of several.
    interface Write<T> {
        T with(MusterClient client) throws InterruptedException;
    }

    /// Refuses a key that no header can carry.
    void check() {
        if (given != null && !VISIBLE.matcher(given).matches()) {
            throw CannotDo.usage("--idempotency-key must have 1 to " + MAX_CHARACTERS
                    + " characters of ASCII, and no space among them");
        }
    }

    /// Makes the only write of a command.
    <T> T write(MusterClient client, Write<T> write) throws InterruptedException {
        return write.with(client.under(key()));
    }

    /// Makes the `number`th write of a command that makes several: its own key follows from the command's, and what is
    /// told where the outcome is unknown is the command's.
    <T> T write(MusterClient client, int number, Write<T> write) throws InterruptedException {
        try {
            return write.with(client.under(key() + "-" + number));
        } catch (UnknownOutcomeException e) {
            throw new CannotDo(ExitCode.UNKNOWN, CommandFailure.unknown(e.problem(), key()));
        }
    }

    private String key() {
        return given == null ? drawn : given;
    }
}
