package io.muster.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `muster completion`: a script that completes commands and flags.
@Command(
        name = "completion",
        description = "Print a script that lets bash or zsh complete commands and flags.",
        footer = {
            "",
            "For bash, in ~/.bashrc:  source <(muster completion)",
            "For zsh, in ~/.zshrc:    autoload -U +X bashcompinit && bashcompinit; source <(muster completion)"
        })
final class CompletionCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        out.print(AutoComplete.bash("muster", spec.root().commandLine()));
        out.flush();
        return 0;
    }
}
