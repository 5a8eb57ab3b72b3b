package io.muster.cli;

import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `muster man`: one manual page of all commands, made from their descriptions, in the macros of man(7).
@Command(
        name = "man",
        description = "Print the manual page of all commands.",
        footer = {
            "",
            "To read it:     muster man | man -l -",
            "To install it:  muster man > ~/.local/share/man/man1/muster.1"
        })
final class ManCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        out.print(page(spec.root()));
        out.flush();
        return 0;
    }

    private static String page(CommandSpec root) {
        var page = new StringBuilder();
        page.append(".TH MUSTER 1 \"\" \"muster ").append(BuildVersion.number()).append("\"\n.SH NAME\nmuster \\- ");
        page.append(escaped(description(root))).append("\n.SH SYNOPSIS\n.B muster\n.I COMMAND\n[flags]\n");
        page.append(".SH COMMANDS\n");
        root.subcommands().values().forEach(command -> section(page, command));
        page.append(".SH EXIT STATUS\n");
        for (ExitCode code : ExitCode.values()) {
            page.append(".TP\n.B ").append(code.number()).append('\n');
            page.append(escaped(code.meaning())).append('\n');
        }
        return page.toString();
    }

    private static void section(StringBuilder page, CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        if (spec.usageMessage().hidden()) {
            return;
        }
        page.append(".SS ").append(escaped(spec.qualifiedName())).append('\n');
        page.append(escaped(description(spec))).append('\n');
        spec.positionalParameters().stream()
                .filter(parameter -> !parameter.hidden())
                .forEach(it -> entry(page, it.paramLabel(), it.description()));
        spec.options().stream()
                .filter(option -> !option.hidden())
                .forEach(it -> entry(
                        page,
                        String.join(", ", it.names()) + (it.arity().max() == 0 ? "" : " " + it.paramLabel()),
                        it.description()));
        String[] footer = spec.usageMessage().footer();
        if (footer.length > 0) {
            page.append(".PP\n.nf\n");
            Arrays.stream(footer).forEach(line -> page.append(escaped(line)).append('\n'));
            page.append(".fi\n");
        }
        spec.subcommands().values().forEach(each -> section(page, each));
    }

    private static void entry(StringBuilder page, String name, String[] description) {
        page.append(".TP\n.B ").append(escaped(name)).append('\n');
        page.append(escaped(String.join(" ", description))).append('\n');
    }

    private static String description(CommandSpec spec) {
        return String.join(" ", spec.usageMessage().description());
    }

    /// A line that begins with a dot or a quote would be a macro.
    private static String escaped(String text) {
        return text.replace("%n", " ")
                .replace("%%", "%")
                .replace("\\", "\\e")
                .replace("-", "\\-")
                .lines()
                .map(line -> line.startsWith(".") || line.startsWith("'") ? "\\&" + line : line)
                .collect(Collectors.joining("\n"));
    }
}
