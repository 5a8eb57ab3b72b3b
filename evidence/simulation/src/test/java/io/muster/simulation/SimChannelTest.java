package io.muster.simulation;

import io.muster.exchange.ExchangeChannel;
import io.muster.exchange.ExchangeChannelContract;
import io.muster.log.NodeId;
import io.muster.log.VoterId;
import io.muster.raft.Configuration;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/// The simulator's channel keeps the contract of channels, to a simulated node that leads by itself.
final class SimChannelTest implements ExchangeChannelContract {
    private static final long SEED = 1;

    @Override
    public Server server() {
        return new OneNode();
    }

    private static final class OneNode implements Server {
        private final Agenda agenda = new Agenda();
        private final SimNode.Parts parts;
        private final SimNode node;

        OneNode() {
            var chance = new Chance(SEED);
            var oracle = new Oracle(agenda, SEED);
            parts = new SimNode.Parts(agenda, chance.split(), new SimNetwork(agenda, chance.split(), oracle), oracle);
            var id = new NodeId("node-1");
            var voters = Configuration.founding(new TreeMap<>(Map.of(id, new VoterId(SEED, 1))));
            var clocks = new SimClocks(agenda, 0);
            oracle.jobs().offers(new NodeId("w1"), 4);
            node = new SimNode(
                    id,
                    new TreeSet<>(Map.of(id, id).keySet()),
                    parts,
                    new SimDisk(agenda, oracle, chance.split(), id, voters),
                    clocks);
            node.start();
            await(node::isTrusted);
        }

        @Override
        public ExchangeChannel open(ExchangeChannel.Listener listener) {
            var caller = new SimChannel.WorkerEnd(new NodeId("w1"), 7, agenda::in);
            return new SimChannel(parts, caller, node, listener);
        }

        @Override
        public void die() {
            node.crash();
        }

        @Override
        public void await(BooleanSupplier isSo) {
            while (!isSo.getAsBoolean()) {
                agenda.next();
            }
        }

        @Override
        public void close() {}
    }
}
