package io.muster.cli;

import io.muster.log.NodeId;
import io.muster.log.StopException;
import io.muster.node.ConfigException;
import io.muster.node.ConfigFile;
import io.muster.node.NodeConfig;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `muster rebuild`: makes the data folder of a node that lost it, while all nodes are stopped.
@Command(
        name = "rebuild",
        description = "Rebuild the data folder of a node that lost it, while every node is stopped.",
        footer = {
            "",
            "Examples:",
            "  muster rebuild --config muster.yaml --id node-2",
            "  muster rebuild --id node-2 --survivor node-1=/data/a --survivor node-3=/data/c",
            "",
            "The folders of all other nodes must be there and whole: they are data/<id> beside the configuration, or",
            "what --survivor says. They are only read. See docs/guarantees.md, 'A voter lost its folder'.",
            "Exit codes: 0 rebuilt, 2 refused, and nothing that was there has changed."
        })
final class RebuildCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            defaultValue = "muster.yaml",
            description = "The configuration (default: ${DEFAULT-VALUE}).")
    private Path config = Path.of("muster.yaml");

    @Option(names = "--id", paramLabel = "NAME", required = true, description = "The node that lost its folder.")
    private String id = "";

    @Option(names = "--survivor", paramLabel = "NAME=DIR", description = "Where another node's data folder is.")
    private TreeMap<String, Path> given = new TreeMap<>();

    @Override
    public Integer call() {
        var node = ConfigFile.read(config, id);
        var survivors = new TreeMap<NodeId, Path>();
        for (NodeConfig.Member member : node.members()) {
            String name = member.id().value();
            if (!member.id().equals(node.self().id())) {
                Path own =
                        given.getOrDefault(name, ConfigFile.read(config, name).data());
                survivors.put(member.id(), own.toAbsolutePath().normalize());
            }
        }
        try {
            String done = node.engine().rebuild(node, survivors);
            var out = spec.commandLine().getOut();
            out.println(done);
            out.println("start all nodes now");
            out.flush();
            return 0;
        } catch (StopException e) {
            throw new ConfigException(String.valueOf(e.getMessage()));
        }
    }
}
