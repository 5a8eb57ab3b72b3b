package io.muster.cli;

import picocli.CommandLine;

/// Tells a failure as `muster` does, for commands that are tested without it.
final class Told {
    private Told() {}

    static int plainly(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        var told = CommandFailure.of(failure);
        command.getErr().println(told.sentence());
        command.getErr().flush();
        return told.codeFor(command.getCommandSpec().userObject());
    }
}
