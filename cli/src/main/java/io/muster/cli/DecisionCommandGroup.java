package io.muster.cli;

import io.muster.client.DecisionDocument;
import io.muster.client.DecisionPage;
import io.muster.wire.WireLimits;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `muster decision`: the record of who decided what.
@Command(
        name = "decision",
        description = "Show who decided what; takes an admin's key.",
        mixinStandardHelpOptions = true)
public final class DecisionCommandGroup {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private Printing printing = new Printing();

    /// Ends with [ExitCode#BAD] where the record is not whole.
    @Command(name = "list", description = "List decisions, newest first.", mixinStandardHelpOptions = true)
    int list(
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "50",
                            description = "At most so many (default: 50).")
                    int limit,
            @Option(
                            names = "--cursor",
                            paramLabel = "CURSOR",
                            defaultValue = "",
                            description = "Where to go on, as an earlier list said.")
                    String cursor)
            throws InterruptedException {
        if (limit < 1 || limit > WireLimits.MAX_PAGE_ITEMS) {
            throw CannotDo.usage("--limit is " + limit + "; it must lie between 1 and " + WireLimits.MAX_PAGE_ITEMS);
        }
        return server.with(client -> {
            DecisionPage page = client.decisions(limit, cursor);
            if (printing.isJson()) {
                Printing.json(spec, page);
            } else {
                print(page);
            }
            return (page.brokenAt() == null ? ExitCode.WELL : ExitCode.BAD).number();
        });
    }

    private void print(DecisionPage page) {
        var table = new TextTable("NUMBER", "WHEN", "WHO", "ACTION", "TARGET", "AUTHORIZATION");
        for (DecisionDocument each : page.items()) {
            table.row(
                    each.number(),
                    each.at(),
                    AdvisoryText.oneLine(each.principal()),
                    each.action(),
                    each.target(),
                    each.authorization());
        }
        Printing.table(spec, table);
        Printing.line(spec, "head " + page.head());
        if (page.brokenAt() != null) {
            Printing.remark(spec, "the record is not whole: decision " + page.brokenAt() + " was changed");
        }
        if (page.next() != null) {
            Printing.remark(spec, "more follow: --cursor " + page.next());
        }
    }
}
