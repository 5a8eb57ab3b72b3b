package io.muster.cli;

import io.muster.client.BrokenException;
import io.muster.client.MusterException;
import io.muster.client.RefusedException;
import io.muster.client.UnavailableException;
import io.muster.client.UnknownOutcomeException;
import io.muster.node.FileFailure;
import io.muster.wire.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Set;

/// Why a command came to nothing: an exit code and one sentence, whatever was thrown.
public record CommandFailure(ExitCode exitCode, String sentence) {
    /// Those that another key may solve.
    private static final Set<String> KEY_PROBLEMS =
            Set.of("/problems/key-missing", "/problems/key-refused", "/problems/not-allowed");

    /// What to tell of `failure`.
    public static CommandFailure of(Throwable failure) {
        return switch (failure) {
            case CannotDo cannot -> new CommandFailure(cannot.exitCode(), cannot.sentence());
            case MusterException call -> ofCall(call);
            case UncheckedIOException io ->
                new CommandFailure(
                        ExitCode.BAD,
                        Objects.requireNonNullElse(io.getMessage(), "failed") + ": " + FileFailure.of(io));
            case IOException io -> new CommandFailure(ExitCode.BAD, "cannot read or write: " + FileFailure.of(io));
            case InterruptedException _ -> new CommandFailure(ExitCode.TIMED_OUT, "interrupted");
            default ->
                new CommandFailure(ExitCode.BROKEN, "a fault in Muster itself; the same with --debug shows where");
        };
    }

    /// The exit code, as a command of this kind ends with it.
    public int codeFor(Object command) {
        return (command instanceof VerdictCommand ? exitCode.ofVerdict() : exitCode).number();
    }

    private static CommandFailure ofCall(MusterException failure) {
        String said = said(failure.problem());
        return switch (failure) {
            case RefusedException refused ->
                new CommandFailure(code(refused.problem().status()), said);
            case UnavailableException unavailable -> unavailable(unavailable.problem(), said);
            case UnknownOutcomeException unknown ->
                new CommandFailure(ExitCode.UNKNOWN, unknown(unknown.problem(), unknown.idempotencyKey()));
            case BrokenException _ -> new CommandFailure(ExitCode.BROKEN, "the server is at fault: " + said);
        };
    }

    private static CommandFailure unavailable(Problem problem, String said) {
        boolean isFull = problem.status() == 429 || problem.status() == 507;
        return new CommandFailure(
                ExitCode.NO_CLUSTER, (isFull ? "the cluster takes nothing now: " : "no cluster at hand: ") + said);
    }

    /// What is said of a write that was made under `key`, and whose outcome nobody knows.
    static String unknown(Problem problem, String key) {
        return "unknown whether it was done: " + said(problem) + "; repeat it with --idempotency-key " + key
                + ", and it is done once";
    }

    private static ExitCode code(int status) {
        return switch (status) {
            case 404 -> ExitCode.NOT_FOUND;
            case 409 -> ExitCode.BAD;
            default -> ExitCode.USAGE;
        };
    }

    private static String said(Problem problem) {
        String detail = problem.detail();
        String text = detail == null || detail.isEmpty() ? problem.title() : detail;
        return KEY_PROBLEMS.contains(problem.type()) ? text + ": --key-file or MUSTER_KEY_FILE names the key" : text;
    }
}
