package io.muster.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// `muster audit cancel`: calls an audit off, with the jobs that it still waits for.
@Command(
        name = "cancel",
        description = "Call an audit off, with the jobs it still waits for.",
        mixinStandardHelpOptions = true)
final class AuditCancelCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @ParentCommand
    private AuditCommandGroup audit = new AuditCommandGroup();

    @Mixin
    private Printing printing = new Printing();

    @Mixin
    private IdempotencyOption idempotency = new IdempotencyOption();

    @Parameters(paramLabel = "ID")
    private String id = "";

    @Override
    public Integer call() throws InterruptedException {
        idempotency.check();
        return audit.server().with(client -> {
            var ended = idempotency.write(client, keyed -> keyed.cancelAudit(id));
            if (printing.isJson()) {
                Printing.json(spec, ended);
            } else {
                Printing.line(
                        spec,
                        ended.id() + "  " + ended.state() + "  " + ended.finished() + " of " + ended.chosen()
                                + " packages audited");
            }
            return ExitCode.WELL.number();
        });
    }
}
