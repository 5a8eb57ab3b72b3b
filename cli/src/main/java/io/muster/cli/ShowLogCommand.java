package io.muster.cli;

import io.muster.client.LogEntryDocument;
import io.muster.client.LogPage;
import io.muster.client.MusterClient;
import io.muster.wire.WireLimits;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `muster log`: the entries of the replicated log that a node has applied lately, in words.
@Command(
        name = "log",
        description = "Show the replicated log as a node has applied it lately: index, term, what was asked, by whom.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  muster log --limit 100",
            "  muster log --follow",
            "",
            "A node shows the last few hundred batches that it has applied since it started. Payloads are not",
            "shown: see muster job get. What a node prints is in the file that muster up names."
        })
public final class ShowLogCommand implements Callable<Integer> {
    /// Soon enough for somebody who watches.
    private static final long LOOK_MILLIS = 300;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private Printing printing = new Printing();

    @Option(
            names = "--after",
            paramLabel = "INDEX",
            defaultValue = "-1",
            description = "Only entries behind this one (default: the newest).")
    private long after = -1;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "At most so many (default: 50).")
    private int limit = 50;

    @Option(names = "--follow", description = "Go on with each new entry until interrupted; --json is a line for each.")
    private boolean isFollowing;

    @Override
    public Integer call() throws InterruptedException {
        if (limit < 1 || limit > WireLimits.MAX_PAGE_ITEMS) {
            throw CannotDo.usage("--limit is " + limit + "; it must lie between 1 and " + WireLimits.MAX_PAGE_ITEMS);
        }
        return server.with(client -> {
            if (isFollowing) {
                follow(client);
            } else {
                print(client.log(after, limit));
            }
            return ExitCode.WELL.number();
        });
    }

    private void print(LogPage page) {
        if (printing.isJson()) {
            Printing.json(spec, page);
            return;
        }
        var table = new TextTable("INDEX", "TERM", "TIME", "KIND", "BY", "WHAT");
        for (LogEntryDocument each : page.items()) {
            String summary = each.summary();
            table.row(
                    each.index(),
                    each.term(),
                    each.at(),
                    each.kind(),
                    each.principal(),
                    summary == null ? null : AdvisoryText.oneLine(summary));
        }
        Printing.table(spec, table);
    }

    /// Ends when the process does.
    private void follow(MusterClient client) throws InterruptedException {
        long seen = after;
        while (!Thread.currentThread().isInterrupted()) {
            LogPage page = client.log(seen, limit);
            if (page.last() < seen) {
                Printing.remark(spec, page.node() + " has come to " + page.last() + " only: showing what it applies");
                seen = page.last();
                continue;
            }
            page.items().forEach(this::printLine);
            seen = page.items().isEmpty()
                    ? Math.max(seen, page.last())
                    : page.items().getLast().index();
            if (seen >= page.last()) {
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
        }
    }

    private void printLine(LogEntryDocument entry) {
        if (printing.isJson()) {
            Printing.json(spec, entry);
            return;
        }
        String summary = entry.summary();
        Printing.line(
                spec,
                entry.index() + "  term " + entry.term() + "  " + entry.at() + "  " + entry.kind()
                        + (entry.principal() == null ? "" : "  by " + AdvisoryText.oneLine(entry.principal()))
                        + (summary == null ? "" : "  " + AdvisoryText.oneLine(summary)));
    }
}
