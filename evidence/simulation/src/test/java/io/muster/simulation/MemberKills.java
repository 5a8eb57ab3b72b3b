package io.muster.simulation;

import java.util.List;
import java.util.stream.Stream;

/// The rows of the [KillTable] about members that change. Only one run in four has such, from seed 2 on.
final class MemberKills {
    private static final String RAFT = "engines/raft/src/main/java/io/muster/raft/";

    private MemberKills() {}

    static List<Mutant> all() {
        return Stream.concat(memberChanges().stream(), membership().stream()).toList();
    }

    private static List<Mutant> memberChanges() {
        return List.of(
                new Mutant(
                        "voters change without a joint configuration (Raft §6)",
                        54,
                        RAFT + "MemberPlan.java",
                        ": new Next(now.among(voters, now.voters(), learners));",
                        ": new Next(now.among(voters, new TreeSet<>(), learners));"),
                new Mutant(
                        "the final configuration is appended before the joint one is committed (T46)",
                        42,
                        RAFT + "MemberChanges.java",
                        "if (leader == null || !isCommitted()) {",
                        "if (leader == null) {"),
                new Mutant(
                        "a joint configuration that a dead leader began is never finished (T46)",
                        2,
                        RAFT + "MemberChanges.java",
                        "if (!transfer.isHolding()) {",
                        "if (!transfer.isHolding() && asked != null) {"),
                new Mutant(
                        "a configuration is forgotten by a restart (T46)",
                        2,
                        RAFT + "Restored.java",
                        "if (batch.kind() == BatchKind.CONFIGURATION) {",
                        "if (batch.kind() == BatchKind.CONFIGURATION && batch.firstIndex() == 1) {"),
                new Mutant(
                        "the new voters of a joint configuration commit alone (Raft §6)",
                        2,
                        RAFT + "LeaderState.java",
                        "context.configuration().agreed(durableAt);",
                        "context.configuration().entered().agreed(durableAt);"),
                new Mutant(
                        "the new voters of a joint configuration elect alone (Raft §6)",
                        2,
                        RAFT + "Ballot.java",
                        "return configuration.agreed(voter -> answers.getOrDefault(voter, false)",
                        "return configuration.entered().agreed(voter -> answers.getOrDefault(voter, false)"));
    }

    private static List<Mutant> membership() {
        return List.of(
                new Mutant(
                        "a learner is counted in a commit (T48)",
                        2,
                        RAFT + "LeaderState.java",
                        "context.configuration().agreed(durableAt);",
                        "Configuration.of(context.configuration().members()).agreed(durableAt);"),
                new Mutant(
                        "a learner is counted in a read barrier (T48)",
                        62,
                        RAFT + "Rounds.java",
                        "long agreed = context.configuration()",
                        "long agreed = Configuration.of(context.configuration().members())"),
                new Mutant(
                        "a leader that removed itself goes on leading (thesis §4.2.2)",
                        154,
                        RAFT + "MemberChanges.java",
                        "transfer.leave(tick);",
                        ""),
                new Mutant(
                        "one that is no voter in its last configuration never campaigns (thesis §4.2.2)",
                        46,
                        RAFT + "OwnMembership.java",
                        "long committed = log.committedConfiguration().index();",
                        "long committed = log.storedConfiguration().index();"),
                new Mutant(
                        "nobody tells a node that it was removed (T35)",
                        6,
                        RAFT + "Removal.java",
                        "context.send(asker, new Message.NotMember(context.term(), committed.index()));",
                        ""),
                new Mutant(
                        "a node that took a name votes as the one that had it (T47)",
                        258,
                        RAFT + "OwnMembership.java",
                        "return meant == null || identity.isEmpty() || identity.get().equals(meant);",
                        "return true;"));
    }
}
