package io.muster.peers;

import com.alipay.sofa.jraft.Iterator;
import com.alipay.sofa.jraft.Node;
import com.alipay.sofa.jraft.RaftGroupService;
import com.alipay.sofa.jraft.Status;
import com.alipay.sofa.jraft.conf.Configuration;
import com.alipay.sofa.jraft.core.ElectionPriority;
import com.alipay.sofa.jraft.core.StateMachineAdapter;
import com.alipay.sofa.jraft.entity.PeerId;
import com.alipay.sofa.jraft.option.NodeOptions;
import com.alipay.sofa.jraft.option.RaftOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// One of three SOFAJRaft processes: the peer that `muster bench writes` is compared with.
///
/// The first address is the only one that may lead. Its process carries the load, prints one row for each number of
/// writes in flight as Muster's own bench does, and ends; the others follow until they are killed. Every entry is
/// synced before it is acknowledged (`sync`, the default RocksDB log), and the state machine only counts.
public final class JRaftWrites {
    private static final int[] IN_FLIGHT = {1, 64, 1_024};
    private static final int LEADER_PATIENCE_SECONDS = 60;

    /// Eight times the default, so that 1,024 in flight need few batches; beyond the noise it made no difference here.
    private static final int APPLY_BATCH = 256;

    private JRaftWrites() {}

    /// Says when this process leads, and counts what is applied before it lets the writer know.
    private static final class Counting extends StateMachineAdapter {
        private final CountDownLatch leading = new CountDownLatch(1);
        private long applied;

        @Override
        public void onApply(Iterator entries) {
            for (; entries.hasNext(); entries.next()) {
                applied++;
                if (entries.done() != null) {
                    entries.done().run(Status.OK());
                }
            }
        }

        @Override
        public void onLeaderStart(long term) {
            leading.countDown();
        }
    }

    /// @param arguments own folder, own address, then all three addresses, the leader's first
    public static void main(String[] arguments) throws Exception {
        var counting = new Counting();
        var group = new RaftGroupService("writes", PeerId.parsePeer(arguments[1]), options(arguments, counting));
        Node node = group.start();
        if (!arguments[1].equals(arguments[2])) {
            group.join();
            return;
        }
        if (!counting.leading.await(LEADER_PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("no leader after " + LEADER_PATIENCE_SECONDS + " s: the other two processes"
                    + " do not answer, their messages stand above");
        }
        System.out.println("in flight |  writes/s | p50 ms | p99 ms");
        for (int inFlight : IN_FLIGHT) {
            System.out.println(row(inFlight, new ClosedLoop(node, inFlight)));
        }
        System.out.println("applied here: " + counting.applied);
        Runtime.getRuntime().halt(0);
    }

    private static NodeOptions options(String[] arguments, Counting counting) throws Exception {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        var raft = new RaftOptions();
        raft.setSync(true);
        raft.setOpenStatistics(false);
        raft.setApplyBatch(APPLY_BATCH);
        var group = new Configuration();
        for (int i = 2; i < arguments.length; i++) {
            group.addPeer(PeerId.parsePeer(arguments[i]));
        }
        var options = new NodeOptions();
        options.setFsm(counting);
        options.setRaftOptions(raft);
        options.setInitialConf(group);
        options.setElectionPriority(
                arguments[1].equals(arguments[2]) ? ElectionPriority.MinValue : ElectionPriority.NotElected);
        options.setLogUri(folder.resolve("log").toString());
        options.setRaftMetaUri(folder.resolve("meta").toString());
        return options;
    }

    private static String row(int inFlight, ClosedLoop loop) throws InterruptedException {
        loop.run();
        String row = String.format(
                Locale.ROOT,
                "%9d | %,9.0f | %6.2f | %6.2f",
                inFlight,
                loop.writesPerSecond(),
                loop.millisAt(50),
                loop.millisAt(99));
        return loop.refused() == 0 ? row : row + " | " + loop.refused() + " refused: not a measurement";
    }
}
