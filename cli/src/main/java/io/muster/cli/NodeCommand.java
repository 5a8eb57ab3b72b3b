package io.muster.cli;

import io.muster.client.JoinToken;
import io.muster.log.RemovedException;
import io.muster.log.StopException;
import io.muster.node.ConfigException;
import io.muster.node.ConfigFile;
import io.muster.node.FileFailure;
import io.muster.node.Joining;
import io.muster.node.MusterNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
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
            "  muster node --join TOKEN --data /var/lib/muster --node-address 10.0.0.4:7101 --api 10.0.0.4:7102",
            "",
            "A node that joins writes its configuration into its data folder. The same command goes on after whatever",
            "interrupted it, and starts a node that has joined before.",
            "SIGTERM lets the node's jobs finish (at most 30 s) before it ends.",
            "Exit codes: 0 asked to end, 1 something broke, 2 the configuration is wrong or the invitation refused,",
            "77 the node was removed from its cluster."
        })
final class NodeCommand implements Callable<Integer> {
    /// What a node that was started by another process prints once it takes part. It is no log line: how much is logged
    /// is nobody's business but the operator's.
    static final String STARTED = "this node takes part";

    /// A token is longer.
    private static final int MAX_PATH = 256;

    private static final Logger log = LoggerFactory.getLogger(NodeCommand.class);

    @Option(
            names = "--config",
            paramLabel = "FILE",
            defaultValue = "muster.yaml",
            description = "The configuration (default: ${DEFAULT-VALUE}).")
    private Path config = Path.of("muster.yaml");

    @Option(names = "--id", paramLabel = "NAME", defaultValue = "", description = "Which of its nodes this is.")
    private String id = "";

    @Option(
            names = "--join",
            paramLabel = "TOKEN",
            defaultValue = "",
            description = "Join a cluster by the token of muster member invite, or a file that holds it.")
    private String join = "";

    @Option(names = "--data", paramLabel = "DIR", description = "With --join: the data folder, empty or not there yet.")
    private @Nullable Path data;

    @Option(
            names = "--node-address",
            paramLabel = "HOST:PORT",
            defaultValue = "",
            description = "With --join: where other nodes reach it (default: a free port of 127.0.0.1).")
    private String nodeAddress = "";

    @Option(
            names = "--api",
            paramLabel = "HOST:PORT",
            defaultValue = "",
            description = "With --join: where its API answers (default: a free port of 127.0.0.1).")
    private String api = "";

    @Option(names = "--learner", description = "With --join: it gets no vote until muster member promote gives it one.")
    private boolean isLearner;

    @Option(names = "--end-with", paramLabel = "PID", hidden = true, description = "End when that process ends.")
    private long endWith;

    @Override
    public Integer call() throws InterruptedException {
        if (join.isEmpty() && (data != null || !nodeAddress.isEmpty() || !api.isEmpty() || isLearner)) {
            throw CannotDo.usage("--data, --node-address, --api and --learner belong to --join; a node that does not "
                    + "join has them in its configuration");
        }
        try {
            if (!join.isEmpty()) {
                var token = token();
                config = Joining.join(token, wish());
                id = token.node();
            }
            return run(new MusterNode(ConfigFile.read(config, id)));
        } catch (RemovedException e) {
            throw new CannotDo(ExitCode.REMOVED, String.valueOf(e.getMessage()));
        } catch (StopException e) {
            throw new ConfigException(String.valueOf(e.getMessage()));
        }
    }

    private JoinToken token() {
        try {
            boolean isFile = join.length() < MAX_PATH && Files.isRegularFile(Path.of(join));
            return JoinToken.parse((isFile ? Files.readString(Path.of(join)) : join).strip());
        } catch (IOException e) {
            throw CannotDo.usage("cannot read the invitation in " + join + ": " + FileFailure.of(e));
        } catch (IllegalArgumentException e) {
            throw CannotDo.usage("--join: " + e.getMessage());
        }
    }

    private Joining.Wish wish() {
        if (data == null) {
            throw CannotDo.usage("--join takes --data DIR, the data folder of the new node");
        }
        return new Joining.Wish(
                data.toAbsolutePath().normalize(),
                nodeAddress.isEmpty() ? freeAddress() : nodeAddress,
                api.isEmpty() ? freeAddress() : api,
                isLearner ? "learner" : "voter");
    }

    private static String freeAddress() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "127.0.0.1:" + socket.getLocalPort();
        } catch (IOException e) {
            throw CannotDo.usage("there is no free port on 127.0.0.1: name one by --node-address and --api");
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
        return (node.wasRemoved() ? ExitCode.REMOVED : ExitCode.BAD).number();
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
