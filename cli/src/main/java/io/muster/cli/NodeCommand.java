package io.muster.cli;

import io.muster.log.StopException;
import io.muster.node.ConfigException;
import io.muster.node.ConfigFile;
import io.muster.node.MusterNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `muster node`: runs one node until it is asked to end.
@Command(
        name = "node",
        description = "Run one node of a cluster.",
        footer = {
            "",
            "Examples:",
            "  muster node --config muster.yaml --id node-1",
            "",
            "SIGTERM lets the node's jobs finish (at most 30 s) before it ends.",
            "Exit codes: 0 asked to end, 1 something broke, 2 the configuration is wrong."
        })
final class NodeCommand implements Callable<Integer> {
    /// What a node that was started by another process prints once it takes part. It is no log line: how much is logged
    /// is nobody's business but the operator's.
    static final String STARTED = "this node takes part";

    private static final Logger log = LoggerFactory.getLogger(NodeCommand.class);

    @Option(
            names = "--config",
            paramLabel = "FILE",
            defaultValue = "muster.yaml",
            description = "The configuration (default: ${DEFAULT-VALUE}).")
    private Path config = Path.of("muster.yaml");

    @Option(names = "--id", paramLabel = "NAME", defaultValue = "", description = "Which of its nodes this is.")
    private String id = "";

    @Option(names = "--end-with", paramLabel = "PID", hidden = true, description = "End when that process ends.")
    private long endWith;

    @Override
    public Integer call() throws InterruptedException {
        try {
            return run(new MusterNode(ConfigFile.read(config, id)));
        } catch (StopException e) {
            throw new ConfigException(String.valueOf(e.getMessage()));
        }
    }

    private int run(MusterNode node) throws InterruptedException {
        var isOver = new AtomicBoolean();
        var hook = new Thread(
                () -> {
                    node.close();
                    if (!isOver.get()) {
                        // Asked to end by a signal, and all is done: that is no failure, whatever the signal's number.
                        Runtime.getRuntime().halt(0);
                    }
                },
                "muster-stop");
        Runtime.getRuntime().addShutdownHook(hook);
        endWithParent();
        try {
            node.start();
            if (endWith != 0) {
                System.out.println(STARTED);
            }
            String reason = node.failure().get();
            log.error("node stops node={} reason=\"{}\"", id, reason);
            System.err.println("muster node: " + reason);
        } catch (IOException e) {
            throw new ConfigException(String.valueOf(e.getMessage()));
        } catch (ExecutionException e) {
            throw new IllegalStateException("a node's failure is told, not thrown", e);
        } finally {
            isOver.set(true);
        }
        return 1;
    }

    /// A node that was started by another process does not outlive it, not even when that one is killed.
    private void endWithParent() {
        if (endWith == 0) {
            return;
        }
        Thread.ofVirtual().name("muster-parent-watch").start(() -> {
            ProcessHandle.of(endWith).ifPresent(parent -> parent.onExit().join());
            Runtime.getRuntime().halt(0);
        });
    }
}
