package io.muster.api;

import io.muster.client.DiagnosisFinding;
import io.muster.client.NodeReport;
import io.muster.client.PeerReport;
import io.muster.client.SilentNode;
import io.muster.log.EngineReport.LinkState;
import io.muster.log.Standing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// Why there is no leader, or what may come to cost the one there is: from what the nodes report to
/// findings, and nothing else. Asked with the same reports it says the same.
final class Diagnosis {
    /// A disk that takes longer for a write costs a candidate most of the shortest election timeout,
    /// which is 150 ms.
    private static final long SLOW_SYNC_MICROS = 100_000;

    /// The engine looks at itself with every tick, and the state machine's acts take milliseconds.
    private static final long HUNG_MILLIS = 2_000;

    /// Log time follows a majority's clocks: beyond this one of them is wrong.
    private static final long MAX_SKEW_MILLIS = 1_000;

    private final Testimony said;
    private final List<Ranked> found = new ArrayList<>();

    /// What can be found, the most important first.
    enum Kind {
        FOUNDING,
        NO_MAJORITY,
        PARTITION,
        ONE_WAY_CUT,
        WRONG_IDENTITY,
        WRONG_CLUSTER,
        WRONG_SECRET,
        REFUSED_BY_PEER,
        ENGINE_HUNG,
        DISK_STALLED,
        STATE_MACHINE_HUNG,
        LOG_BEHIND,
        SPLIT_VOTE,
        CLOCK_OFF,
        DISK_SLOW,
        NO_ROOM,
        NODE_GONE,
        API_SILENT,
        ELECTION
    }

    private record Ranked(Kind kind, DiagnosisFinding finding) {}

    private Diagnosis(Testimony said) {
        this.said = said;
    }

    /// What follows from `said`, the most important first; nothing when all is well.
    static List<DiagnosisFinding> of(Testimony said) {
        var diagnosis = new Diagnosis(said);
        diagnosis.look();
        return diagnosis.found.stream()
                .sorted(Comparator.comparing(Ranked::kind))
                .map(Ranked::finding)
                .toList();
    }

    private void look() {
        boolean isFounding = lookForFounding();
        if (!isFounding) {
            lookForMissing();
            lookForCuts();
        }
        lookAtLinks();
        said.reports().forEach(this::lookAtNode);
        lookAtClocks();
        boolean hasMajority = said.present().size() >= said.majority();
        if (said.leader().isEmpty() && hasMajority && !isFounding) {
            said.reports().forEach(this::lookAtCandidate);
            lookAtVotes();
            if (found.isEmpty()) {
                lookAtElection();
            }
        }
    }

    private boolean lookForFounding() {
        var waiting = said.reports().stream()
                .filter(report -> Testimony.stands(report, Standing.FOUNDING))
                .toList();
        for (NodeReport report : waiting) {
            find(
                    Kind.FOUNDING,
                    List.of(report.node()),
                    report.node() + " has no log yet: " + report.notReady(),
                    "start every node of the configuration once; where one runs already, compare its cluster name, its"
                            + " secret and the addresses of its peers");
        }
        return !waiting.isEmpty();
    }

    private void lookForMissing() {
        var gone = said.silent().stream()
                .filter(node -> !said.isPresent(node.node()))
                .toList();
        int present = said.present().size();
        if (said.leader().isEmpty() && present < said.majority()) {
            find(
                    Kind.NO_MAJORITY,
                    gone.stream().map(SilentNode::node).toList(),
                    present + " of " + said.voters() + " voters can be reached, and it takes a majority of "
                            + said.majority() + " to elect a leader: "
                            + String.join(
                                    ", and ",
                                    gone.stream().map(Diagnosis::sentence).toList()),
                    "start " + (said.majority() - present)
                            + " of them again, each on its own data folder; where they are"
                            + " gone for good with their folders, muster recover goes on with what is left, and says"
                            + " first what may be lost");
        } else {
            gone.forEach(node -> find(
                    Kind.NODE_GONE,
                    List.of(node.node()),
                    sentence(node),
                    "start it again on its own data folder, or mend the network to it"));
        }
        said.silent().stream()
                .filter(node -> said.isPresent(node.node()))
                .forEach(node -> find(
                        Kind.API_SILENT,
                        List.of(node.node()),
                        "other nodes hear " + node.node() + ", and it gives no report: " + node.reason(),
                        "ask it directly, and look into its log"));
    }

    private void lookForCuts() {
        var groups = said.groups();
        var cut = new ArrayList<String>();
        for (NodeReport one : said.reports()) {
            for (NodeReport other : said.reports()) {
                if (one.node().compareTo(other.node()) < 0) {
                    lookBetween(one.node(), other.node(), cut);
                }
            }
        }
        if (!cut.isEmpty()) {
            int largest = groups.getFirst().size();
            find(
                    Kind.PARTITION,
                    groups.stream().flatMap(List::stream).toList(),
                    String.join(", and ", cut) + "; the largest part that hears each other has " + largest + " of "
                            + said.voters() + " voters, and a majority is " + said.majority(),
                    "mend the network between their node ports: addresses of the peers, firewalls, routes");
        }
    }

    /// Notes two nodes that do not hear each other, and finds where only one hears the other.
    private void lookBetween(String one, String other, List<String> cut) {
        if (isExplained(one, other) || isExplained(other, one)) {
            return;
        }
        boolean hearsOther = said.hears(one, other);
        boolean isHeard = said.hears(other, one);
        if (!hearsOther && !isHeard) {
            cut.add(one + " and " + other + " do not reach each other" + why(one, other));
        } else if (hearsOther != isHeard) {
            String speaker = hearsOther ? one : other;
            String deaf = hearsOther ? other : one;
            find(
                    Kind.ONE_WAY_CUT,
                    List.of(speaker, deaf),
                    speaker + " hears " + deaf + ", and " + deaf + " does not hear " + speaker + why(speaker, deaf),
                    "mend the network from " + speaker + " to the node port of " + deaf);
        }
    }

    /// Whether the two do not talk because one of them does not belong there, which is told by itself.
    private boolean isExplained(String node, String peer) {
        return said.link(node, peer).flatMap(Diagnosis::misfit).isPresent();
    }

    private String why(String node, String peer) {
        return said.link(node, peer)
                .map(PeerReport::reason)
                .filter(reason -> !reason.isEmpty())
                .map(reason -> " (" + reason + ")")
                .orElse("");
    }

    private void lookAtLinks() {
        var told = new TreeSet<String>();
        for (NodeReport report : said.reports()) {
            for (PeerReport link : report.peers()) {
                misfit(link)
                        .filter(misfit -> told.add(misfit.kind() + link.node()))
                        .ifPresent(misfit -> find(
                                misfit.kind(),
                                List.of(report.node(), link.node()),
                                report.node() + " and " + link.node() + " do not talk: " + link.reason(),
                                misfit.advice()));
            }
        }
    }

    private record Misfit(Kind kind, String advice) {}

    private static Optional<Misfit> misfit(PeerReport link) {
        return Testimony.state(link).flatMap(state -> misfit(state, link.node()));
    }

    private static Optional<Misfit> misfit(LinkState state, String peer) {
        return switch (state) {
            case OPEN, CONNECTING, REFUSED, UNREACHABLE, SILENT -> Optional.empty();
            case WRONG_CLUSTER ->
                Optional.of(new Misfit(
                        Kind.WRONG_CLUSTER,
                        "give both the same cluster name and peers, or the right address of the other"));
            case WRONG_SECRET ->
                Optional.of(new Misfit(
                        Kind.WRONG_SECRET,
                        "give both the same file as cluster.secretFile, and start the one that changed"));
            case WRONG_IDENTITY ->
                Optional.of(new Misfit(
                        Kind.WRONG_IDENTITY,
                        "start " + peer + " on its own folder; where that is lost, stop all nodes and run muster"
                                + " rebuild --id " + peer));
            case REFUSES_THIS_NODE ->
                Optional.of(new Misfit(Kind.REFUSED_BY_PEER, "do what the reason says: it is the word of " + peer));
        };
    }

    private void lookAtNode(NodeReport report) {
        var node = List.of(report.node());
        if (report.ageMillis() > HUNG_MILLIS) {
            find(
                    Kind.ENGINE_HUNG,
                    node,
                    "the engine of " + report.node() + " has stood still for " + seconds(report.ageMillis()),
                    "look whether its process gets the processor; if that lasts, restart it");
        }
        long waiting = report.disk().waitingMicros() / 1_000;
        long slowest = report.disk().slowestSyncMicros();
        if (Testimony.stands(report, Standing.DISK_STALLED) || waiting > HUNG_MILLIS) {
            find(
                    Kind.DISK_STALLED,
                    node,
                    "the disk of " + report.node() + " has not answered a write for " + seconds(waiting)
                            + ", so it does not ask for votes",
                    "look after that disk, or stop the node");
        } else if (slowest > SLOW_SYNC_MICROS) {
            find(
                    Kind.DISK_SLOW,
                    node,
                    "the disk of " + report.node() + " took " + seconds(slowest / 1_000) + " for a write",
                    "look what else writes there: elections and writes wait for it");
        }
        if (Testimony.stands(report, Standing.APPLY_STALLED) || report.busyMillis() > HUNG_MILLIS) {
            find(
                    Kind.STATE_MACHINE_HUNG,
                    node,
                    "the state machine of " + report.node() + " hangs at entry " + report.applied() + " of "
                            + report.commit() + ", so it does not ask for votes",
                    "restart " + report.node() + ", and keep its log and a thread dump");
        }
        if (!report.diskPressure().isEmpty()) {
            find(
                    Kind.NO_ROOM,
                    node,
                    report.node() + " takes nothing new: " + report.diskPressure(),
                    "make room as it says");
        }
    }

    /// Two clocks that differ say nothing of which is off; a third decides.
    private void lookAtClocks() {
        var off = new TreeMap<String, Integer>();
        var seen = new TreeMap<String, Integer>();
        for (NodeReport report : said.reports()) {
            for (PeerReport peer : report.peers()) {
                if (said.hears(report.node(), peer.node())) {
                    seen.merge(peer.node(), 1, Integer::sum);
                    off.merge(peer.node(), Math.abs(peer.skewMillis()) > MAX_SKEW_MILLIS ? 1 : 0, Integer::sum);
                }
            }
        }
        var judged = new TreeSet<String>();
        seen.forEach((node, witnesses) -> {
            if (2 * off.getOrDefault(node, 0) > witnesses) {
                judged.add(node);
            }
        });
        said.reports().stream()
                .filter(report -> Testimony.stands(report, Standing.CLOCK_OFF))
                .forEach(report -> judged.add(report.node()));
        if (!judged.isEmpty()) {
            find(
                    Kind.CLOCK_OFF,
                    List.copyOf(judged),
                    judged.size() == 1
                            ? "the clock of " + judged.first() + " differs from the others', so it asks for votes later"
                            : "the clocks of " + String.join(" and ", judged) + " differ",
                    "set them by NTP");
        }
    }

    private void lookAtCandidate(NodeReport candidate) {
        if (!Testimony.isCandidate(candidate)) {
            return;
        }
        var ahead = said.reports().stream()
                .filter(other -> isBehind(candidate, other))
                .map(NodeReport::node)
                .toList();
        if (said.voters() - ahead.size() < said.majority()) {
            find(
                    Kind.LOG_BEHIND,
                    List.of(candidate.node()),
                    candidate.node() + " asks for votes and cannot win: its log ends at entry " + candidate.lastIndex()
                            + " of term " + candidate.lastTerm() + ", and that of " + String.join(" and ", ahead)
                            + " goes further",
                    "nothing at " + candidate.node() + ": " + String.join(" or ", ahead)
                            + " has to win, so mend what is found there, or wait a second");
        }
    }

    /// Raft §5.4.1.
    private static boolean isBehind(NodeReport one, NodeReport other) {
        return one.lastTerm() < other.lastTerm()
                || one.lastTerm() == other.lastTerm() && one.lastIndex() < other.lastIndex();
    }

    private void lookAtVotes() {
        long term = said.reports().stream().mapToLong(NodeReport::term).max().orElse(0);
        var votes = new TreeMap<String, List<String>>();
        for (NodeReport report : said.reports()) {
            String votedFor = report.votedFor();
            if (report.term() == term && votedFor != null) {
                votes.computeIfAbsent(votedFor, _ -> new ArrayList<>()).add(report.node());
            }
        }
        int most = votes.values().stream().mapToInt(List::size).max().orElse(0);
        int given = votes.values().stream().mapToInt(List::size).sum();
        if (votes.size() > 1 && most + said.present().size() - given < said.majority()) {
            var lines = new ArrayList<String>();
            votes.forEach((candidate, voters) -> lines.add(candidate + " has that of " + String.join(" and ", voters)));
            find(
                    Kind.SPLIT_VOTE,
                    List.copyOf(votes.keySet()),
                    "the votes of term " + term + " are split: " + String.join(", ", lines),
                    "wait: each tries again at a moment drawn by chance; if it lasts, look at delays between them");
        }
    }

    private void lookAtElection() {
        boolean isWithinLease =
                said.reports().stream().anyMatch(report -> Testimony.stands(report, Standing.WITHIN_LEASE));
        long term = said.reports().stream().mapToLong(NodeReport::term).max().orElse(0);
        find(
                Kind.ELECTION,
                said.present(),
                isWithinLease
                        ? "no leader is heard since a moment, and nobody votes before its lease must be over"
                        : "an election is under way in term " + term,
                "wait a second and ask again: this is normal");
    }

    private static String sentence(SilentNode node) {
        return node.node() + " is gone: " + node.reason();
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.1f s", millis / 1e3);
    }

    private void find(Kind kind, List<String> nodes, String what, String advice) {
        found.add(new Ranked(kind, new DiagnosisFinding(Testimony.word(kind), nodes, what, advice)));
    }
}
