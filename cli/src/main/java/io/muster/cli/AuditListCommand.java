package io.muster.cli;

import io.muster.client.AuditDocument;
import io.muster.client.AuditPage;
import io.muster.wire.WireLimits;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// `muster audit list`: the audits of the cluster, newest first.
@Command(name = "list", description = "List audits, newest first.", mixinStandardHelpOptions = true)
final class AuditListCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @ParentCommand
    private AuditCommandGroup audit = new AuditCommandGroup();

    @Mixin
    private Printing printing = new Printing();

    @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "At most so many (default: 50).")
    private int limit = 50;

    @Option(
            names = "--cursor",
            paramLabel = "CURSOR",
            defaultValue = "",
            description = "Where to go on, as an earlier list said.")
    private String cursor = "";

    @Override
    public Integer call() throws InterruptedException {
        if (limit < 1 || limit > WireLimits.MAX_PAGE_ITEMS) {
            throw CannotDo.usage("--limit is " + limit + "; it must lie between 1 and " + WireLimits.MAX_PAGE_ITEMS);
        }
        return audit.server().with(client -> {
            AuditPage page = client.audits(limit, cursor);
            if (printing.isJson()) {
                Printing.json(spec, page);
                return ExitCode.WELL.number();
            }
            var table = new TextTable("AUDIT", "NAME", "STATE", "AUDITED", "FAILED", "SUBMITTED");
            for (AuditDocument each : page.items()) {
                table.row(
                        each.id(),
                        AdvisoryText.oneLine(each.name()),
                        each.state(),
                        each.finished() + " of " + each.chosen(),
                        each.failed(),
                        each.submittedAt());
            }
            Printing.table(spec, table);
            if (page.next() != null) {
                Printing.remark(spec, "more follow: --cursor " + page.next());
            }
            return ExitCode.WELL.number();
        });
    }
}
