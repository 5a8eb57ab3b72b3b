package io.muster.api;

import io.muster.client.NodeReport;
import io.muster.client.PeerReport;
import io.muster.client.SilentNode;
import io.muster.log.EngineReport.LinkState;
import io.muster.log.EngineStatus.NodeRole;
import io.muster.log.Standing;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What all nodes that answer say, put together: who votes, who is there, who hears whom, who leads.
final class Testimony {
    /// A node says at least every 200 ms that it is there, so that ten of those were lost.
    private static final long UNHEARD_MILLIS = 2_000;

    private final SortedMap<String, NodeReport> reports = new TreeMap<>();
    private final SortedMap<String, SilentNode> silent = new TreeMap<>();
    private final TreeSet<String> voters = new TreeSet<>();

    Testimony(Collection<NodeReport> reports, Collection<SilentNode> silent) {
        reports.forEach(report -> this.reports.put(report.node(), report));
        silent.forEach(node -> this.silent.put(node.node(), node));
        voters.addAll(votersOf(reports));
    }

    /// Members come and go: whose log reaches furthest knows best who votes. Learners do not, and nodes
    /// of versions that knew none all did.
    private static Collection<String> votersOf(Collection<NodeReport> reports) {
        Optional<NodeReport> furthest = reports.stream()
                .filter(report -> report.voters() != null && !report.voters().isEmpty())
                .max(Comparator.comparingLong(NodeReport::lastTerm).thenComparingLong(NodeReport::lastIndex));
        return furthest.map(NodeReport::voters)
                .orElseGet(() -> reports.stream()
                        .flatMap(report -> Stream.concat(
                                Stream.of(report.node()),
                                report.peers().stream().map(PeerReport::node)))
                        .toList());
    }

    Collection<NodeReport> reports() {
        return reports.values();
    }

    Collection<SilentNode> silent() {
        return silent.values();
    }

    int voters() {
        return voters.size();
    }

    /// How many voters it takes to elect a leader.
    int majority() {
        return voters.size() / 2 + 1;
    }

    /// The voters that answer, or that one which answers has heard of late.
    List<String> present() {
        return voters.stream().filter(this::isPresent).toList();
    }

    boolean isPresent(String node) {
        return reports.containsKey(node) || reports.values().stream().anyMatch(report -> hears(report.node(), node));
    }

    /// Whether messages of `speaker` reach `listener`, as that one says.
    boolean hears(String listener, String speaker) {
        return link(listener, speaker)
                .map(PeerReport::heardMillis)
                .filter(millis -> millis <= UNHEARD_MILLIS)
                .isPresent();
    }

    /// How `node` sees `peer`.
    Optional<PeerReport> link(String node, String peer) {
        return Optional.ofNullable(reports.get(node)).stream()
                .flatMap(report -> report.peers().stream())
                .filter(link -> link.node().equals(peer))
                .findFirst();
    }

    /// Who leads. The word of a follower counts where its leader gives no report.
    Optional<String> leader() {
        var own = reports.values().stream()
                .filter(report -> stands(report, Standing.LEADS))
                .map(NodeReport::node);
        var told = reports.values().stream()
                .filter(report -> stands(report, Standing.FOLLOWS))
                .map(NodeReport::leader)
                .filter(leader -> leader != null && !reports.containsKey(leader));
        return Stream.concat(own, told).findFirst();
    }

    /// The nodes that answer, in groups whose members hear each other, the largest first.
    List<List<String>> groups() {
        var left = new TreeSet<>(reports.keySet());
        var groups = new ArrayList<List<String>>();
        while (!left.isEmpty()) {
            var group = new ArrayList<String>();
            group.add(left.removeFirst());
            for (int i = 0; i < group.size(); i++) {
                String member = group.get(i);
                var near = left.stream()
                        .filter(other -> hears(member, other) && hears(other, member))
                        .toList();
                group.addAll(near);
                left.removeAll(near);
            }
            groups.add(List.copyOf(new TreeSet<>(group)));
        }
        groups.sort((one, other) -> Integer.compare(other.size(), one.size()));
        return groups;
    }

    /// Whether a node says of itself that it stands so. A newer node may stand in a way that this one has no word for.
    static boolean stands(NodeReport report, Standing standing) {
        return constant(Standing.class, report.standing()).equals(Optional.of(standing));
    }

    /// Whether a node asks for votes.
    static boolean isCandidate(NodeReport report) {
        return constant(NodeRole.class, report.role()).equals(Optional.of(NodeRole.CANDIDATE));
    }

    /// How the way to a peer is; empty where a newer node says what this one has no word for.
    static Optional<LinkState> state(PeerReport link) {
        return constant(LinkState.class, link.link());
    }

    private static <E extends Enum<E>> Optional<E> constant(Class<E> type, String word) {
        return Stream.of(type.getEnumConstants())
                .filter(constant -> word(constant).equals(word))
                .findFirst();
    }

    /// A constant as it is written in answers.
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
