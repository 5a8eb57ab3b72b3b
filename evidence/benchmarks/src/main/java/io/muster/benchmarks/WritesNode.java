package io.muster.benchmarks;

import io.muster.encoding.Bytes;
import io.muster.log.Asker;
import io.muster.log.ClusterId;
import io.muster.log.CommandKind;
import io.muster.log.Envelope;
import io.muster.log.LogCommand;
import io.muster.log.NodeId;
import io.muster.raftruntime.ClusterSecret;
import io.muster.raftruntime.Hello;
import io.muster.raftruntime.LogIdentity;
import io.muster.raftruntime.NodePortSecurity;
import io.muster.raftruntime.RaftEngine;
import io.muster.raftruntime.RaftEngineSettings;
import io.muster.raftruntime.RaftSettings;
import io.muster.raftruntime.SqliteLogStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/// One of the three processes of [WritesBench]: an engine, and the load when it is told to. It is told by lines on its
/// input and answers by lines on its output:
///
/// * it says `LEADING` when it comes to lead;
/// * `load <in flight> <warm-up seconds> <seconds> <bytes>` runs a load and is answered by `MEASURING`, `MEASURED`,
///   `RESULT …` and `THREADS …`;
/// * the end of its input ends it.
public final class WritesNode {
    private static final ClusterId CLUSTER = new ClusterId(0xBE, 0x4C);

    /// What is written: bytes that mean nothing. The applier here counts them and reads none.
    private record Write(Bytes body) implements LogCommand {
        @Override
        public CommandKind<Write> kind() {
            return new CommandKind<>(1, "benchmarks.write", 1, 1, (_, _) -> this);
        }

        @Override
        public Bytes encode() {
            return body;
        }
    }

    private final RaftEngine engine;
    private final CountingApplier applier;
    private final PrintStream out;

    private WritesNode(RaftEngine engine, CountingApplier applier, PrintStream out) {
        this.engine = engine;
        this.applier = applier;
        this.out = out;
    }

    /// @param arguments own name, own folder, and `name=port` for each of the three
    public static void main(String[] arguments) throws IOException, InterruptedException {
        PrintStream out = System.out;
        var self = new NodeId(arguments[0]);
        var applier = new CountingApplier(() -> out.println("LEADING"));
        try (var engine = RaftEngine.open(settings(self, arguments), applier)) {
            engine.start();
            new WritesNode(engine, applier, out).serve();
        }
    }

    private static RaftEngineSettings settings(NodeId self, String[] arguments) {
        var addresses = new TreeMap<NodeId, InetSocketAddress>();
        for (int i = 2; i < arguments.length; i++) {
            String[] parts = arguments[i].split("=", 2);
            addresses.put(
                    new NodeId(parts[0]),
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(parts[1])));
        }
        InetSocketAddress listen = addresses.remove(self);
        if (listen == null) {
            throw new IllegalArgumentException("no address for " + self);
        }
        return new RaftEngineSettings(
                new LogIdentity(CLUSTER, self, LogIdentity.ONLY_GROUP),
                Path.of(arguments[1]),
                listen,
                addresses,
                new NodePortSecurity.LoopbackOnly(),
                Hello.of(self, 1, "", Map.of()),
                new ClusterSecret(CLUSTER.toString().getBytes(StandardCharsets.US_ASCII)),
                SqliteLogStore.DEFAULT_MAX_BYTES,
                RaftSettings.of(self, System.nanoTime()));
    }

    private void serve() throws IOException, InterruptedException {
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ", -1);
            if (words[0].equals("load")) {
                load(
                        Integer.parseInt(words[1]),
                        Integer.parseInt(words[2]),
                        Integer.parseInt(words[3]),
                        Integer.parseInt(words[4]));
            }
        }
    }

    private void load(int inFlight, int warmupSeconds, int seconds, int bytes) throws InterruptedException {
        byte[] envelope = Envelope.of(new Write(Bytes.wrap(new byte[bytes])), Asker.CLUSTER)
                .encode();
        var load = new WriteLoad(engine, envelope, inFlight);
        load.begin();
        pause(warmupSeconds);
        var before = ThreadTimes.now();
        long batches = applier.batches();
        long syncs = engine.syncs();
        long start = System.nanoTime();
        load.measure();
        out.println("MEASURING");
        pause(seconds);
        out.println("MEASURED");
        long elapsed = System.nanoTime() - start;
        long batchesTaken = applier.batches() - batches;
        long syncsTaken = engine.syncs() - syncs;
        var after = ThreadTimes.now();
        load.end();
        Histogram latencies = load.latencies();
        out.println("RESULT " + inFlight + " " + latencies.getTotalCount() + " " + elapsed + " "
                + latencies.getValueAtPercentile(50) + " " + latencies.getValueAtPercentile(99) + " " + batchesTaken
                + " " + syncsTaken + " " + load.refused() + " " + after.processNanosSince(before));
        out.println("THREADS " + after.since(before, elapsed));
    }

    /// Lets the load run: nothing ends this early.
    private static void pause(int seconds) throws InterruptedException {
        boolean isReleased = new CountDownLatch(1).await(seconds, TimeUnit.SECONDS);
        if (isReleased) {
            throw new AssertionError("nobody releases it");
        }
    }
}
