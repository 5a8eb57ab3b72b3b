package io.muster.cli;

import io.muster.wire.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `muster version`: number, commit and JDK.
@Command(name = "version", description = "Show the number and commit of this build, and its JDK.")
final class VersionCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "Print JSON instead of text.")
    private boolean isJson;

    /// As programs read it.
    private record Build(String version, String commit, String jdk) {}

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        out.println(
                isJson
                        ? Json.write(new Build(BuildVersion.number(), BuildVersion.commit(), BuildVersion.jdk()))
                                .text()
                        : new BuildVersion().getVersion()[0]);
        out.flush();
        return 0;
    }
}
