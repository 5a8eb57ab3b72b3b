package io.muster.cli;

import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// `muster audit get`: what an audit has found so far, or in the end.
@Command(
        name = "get",
        description = "Show what an audit found, in any format, and end as the audit itself would.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Without the manifests at hand, files are named by the audit and packages without findings are not listed.",
            "Exit codes: 0 clean, 1 findings, 3 no such audit, 127 still running or not on all packages."
        })
final class AuditGetCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @ParentCommand
    private AuditCommandGroup audit = new AuditCommandGroup();

    @Mixin
    private ReportOptions report = new ReportOptions();

    @Parameters(paramLabel = "ID")
    private String id = "";

    @Option(names = "--wait", description = "Wait until it has ended.")
    private boolean isAwaited;

    @Override
    public Integer call() throws InterruptedException {
        report.check();
        var rules = report.rules(null);
        return audit.server().with(client -> {
            var seen = client.audit(id);
            var told = isAwaited ? AuditCommandGroup.await(client, seen) : seen;
            Printing.remark(
                    spec,
                    told.id() + "  " + told.name() + "  " + told.state() + "  " + told.finished() + " of "
                            + told.chosen() + " packages audited");
            int code = report.tell(
                    spec, AuditReport.of(told, null, rules, Clock.systemUTC().instant()));
            return code == ExitCode.NO_PACKAGES.number()
                    ? AuditCommandGroup.verdict(told).number()
                    : code;
        });
    }
}
