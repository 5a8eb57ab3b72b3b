package io.muster.cli;

import io.muster.client.AdvisorySetDocument;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `muster advisories published`: the sets that the cluster has.
@Command(
        name = "published",
        description = "The sets of advisories that the cluster has, the one published last first.",
        mixinStandardHelpOptions = true)
final class AdvisoryPublishedCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Option(names = "--current", description = "Only the one that audits use.")
    private boolean isCurrentOnly;

    @Override
    public Integer call() throws InterruptedException {
        return server.with(client -> {
            var shown = client.advisorySets().items().stream()
                    .filter(set -> set.current() || !isCurrentOnly)
                    .toList();
            if (shown.isEmpty()) {
                throw new CannotDo(
                        ExitCode.NOT_FOUND,
                        "the cluster has no advisories: `muster advisories publish` gives it an imported database");
            }
            shown.forEach(this::print);
            return ExitCode.WELL.number();
        });
    }

    private void print(AdvisorySetDocument set) {
        Printing.line(
                spec,
                String.format(
                        Locale.ROOT,
                        "%s  %,d records  %,d bytes  %s by %s%s",
                        set.database(),
                        set.records(),
                        set.bytes(),
                        set.publishedAt(),
                        set.by(),
                        set.current() ? "  in use" : ""));
    }
}
