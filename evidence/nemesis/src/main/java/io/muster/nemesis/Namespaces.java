package io.muster.nemesis;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Three network namespaces, one for each node, and the one of this process, which routes between them:
///
/// ```
///   node 1  10.77.1.2 ── 10.77.1.1 ┐
///   node 2  10.77.2.2 ── 10.77.2.1 ├ this process: clients, and the rules that drop packets
///   node 3  10.77.3.2 ── 10.77.3.1 ┘
/// ```
///
/// A packet that is dropped is dropped in silence, as in a real network: neither side is told.
final class Namespaces {
    private static final String PREFIX = "muster-nemesis-";
    private static final String RULE_PRIORITY = "100";

    private final int nodes;
    private final List<int[]> cuts = new ArrayList<>();
    private final List<Integer> unplugged = new ArrayList<>();

    private Namespaces(int nodes) {
        this.nodes = nodes;
    }

    /// Lays the network out. This process must be in a namespace of its own, which `scripts/nemesis` sees to, and that
    /// script also takes everything away again.
    static Namespaces layOut(int nodes) throws IOException, InterruptedException {
        Shell.run("ip", "link", "set", "lo", "up");
        Shell.run("sysctl", "-q", "-w", "net.ipv4.ip_forward=1");
        for (int node = 1; node <= nodes; node++) {
            Shell.run("ip", "netns", "add", PREFIX + node);
            Shell.run("ip", "link", "add", "v" + node, "type", "veth", "peer", "name", "eth0", "netns", PREFIX + node);
            Shell.run("ip", "addr", "add", gateway(node) + "/24", "dev", "v" + node);
            Shell.run("ip", "link", "set", "v" + node, "up");
            inside(node, "ip", "link", "set", "lo", "up");
            inside(node, "ip", "addr", "add", address(node) + "/24", "dev", "eth0");
            inside(node, "ip", "link", "set", "eth0", "up");
            inside(node, "ip", "route", "add", "default", "via", gateway(node));
        }
        return new Namespaces(nodes);
    }

    static String address(int node) {
        return "10.77." + node + ".2";
    }

    private static String gateway(int node) {
        return "10.77." + node + ".1";
    }

    /// The words in front of a command that is to run where `node` lives.
    static List<String> in(int node) {
        return List.of("ip", "netns", "exec", PREFIX + node);
    }

    private static void inside(int node, String... command) throws IOException, InterruptedException {
        var whole = new ArrayList<>(in(node));
        whole.addAll(List.of(command));
        Shell.run(whole.toArray(String[]::new));
    }

    /// Drops what `from` sends to `to`; the other way stays open.
    void cut(int from, int to) throws IOException, InterruptedException {
        rule("add", from, to);
        cuts.add(new int[] {from, to});
    }

    /// Drops everything between two nodes.
    void cutBoth(int one, int other) throws IOException, InterruptedException {
        cut(one, other);
        cut(other, one);
    }

    /// Takes a node off the network, for clients too.
    void unplug(int node) throws IOException, InterruptedException {
        Shell.run("ip", "link", "set", "v" + node, "down");
        unplugged.add(node);
    }

    /// Every node reaches every other again.
    void heal() throws IOException, InterruptedException {
        for (int[] cut : cuts) {
            rule("del", cut[0], cut[1]);
        }
        cuts.clear();
        for (int node : unplugged) {
            Shell.run("ip", "link", "set", "v" + node, "up");
        }
        unplugged.clear();
    }

    /// All nodes but `node`.
    List<Integer> others(int node) {
        var others = new ArrayList<Integer>();
        for (int other = 1; other <= nodes; other++) {
            if (other != node) {
                others.add(other);
            }
        }
        return others;
    }

    private static void rule(String verb, int from, int to) throws IOException, InterruptedException {
        Shell.run("ip", "rule", verb, "from", address(from), "to", address(to), "priority", RULE_PRIORITY, "blackhole");
    }
}
