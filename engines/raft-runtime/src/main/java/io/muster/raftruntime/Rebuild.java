package io.muster.raftruntime;

import io.muster.log.EngineException;
import io.muster.log.NodeId;
import io.muster.log.SnapshotMeta;
import io.muster.log.VoterId;
import io.muster.raft.Configuration;
import io.muster.raft.FoundingStatus;
import io.muster.raft.Restored;
import io.muster.raft.VoteState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Makes the folder of a voter that lost it anew, from the folders of all the others, while every node is stopped.
///
/// The survivors are all voters but one, so a majority: what was acknowledged is on one of them at least,
/// and the one whose log ends in the highest term, and among those at the highest index, has all of it
/// (Raft §5.4.1). Its log is copied under the lost voter's name and identity, with a term above all that
/// any survivor has seen and no vote in it: whatever the lost voter promised was promised in an earlier
/// term. It counts its starts on from the last that a survivor knows of, so that whatever is left of its
/// old folder is an older copy from then on.
///
/// `raft.voter` is written last: a folder that an interruption left half done does not start.
public final class Rebuild {
    private final LogIdentity identity;
    private final SortedMap<NodeId, Path> survivors;
    private final Path target;

    /// What was done.
    ///
    /// @param source whose log was copied
    /// @param lastIndex where that log ends
    /// @param term the term in which the rebuilt voter begins
    public record Done(NodeId source, long lastIndex, long term) {}

    /// What a survivor's folder holds.
    ///
    /// @param met the last incarnations of the others that it met
    /// @param incarnation its own last one
    private record Survivor(
            NodeId node,
            Path file,
            Restored log,
            SnapshotFolder snapshots,
            SortedMap<NodeId, Incarnation> met,
            Incarnation incarnation) {
        long lastTerm() {
            return log.spans().isEmpty()
                    ? log.base().term()
                    : log.spans().getLast().term();
        }

        Configuration voters() {
            return log.configurations().isEmpty()
                    ? log.base().configuration().configuration()
                    : log.configurations().getLast().configuration();
        }

        /// The last start of `other` that it knows of; 0 where it never met it.
        long lastStartOf(NodeId other) {
            Incarnation known = met.get(other);
            return known == null ? 0 : known.number();
        }
    }

    /// @param identity whose folder is made
    /// @param survivors the folders of all other voters
    /// @param target where it is made
    public Rebuild(LogIdentity identity, SortedMap<NodeId, Path> survivors, Path target) {
        this.identity = identity;
        this.survivors = new TreeMap<>(survivors);
        this.target = target;
    }

    /// Makes the folder; throws [EngineException] where that would not be safe. Survivors are left as they are.
    public Done run() {
        requireNoLog();
        var locked = new ArrayList<DataFolder>();
        try {
            var found = new ArrayList<Survivor>();
            for (var each : survivors.entrySet()) {
                var of = new LogIdentity(identity.cluster(), each.getKey(), identity.group());
                if (!Files.isDirectory(each.getValue())) {
                    throw new EngineException("there is no folder " + each.getValue() + " of " + each.getKey()
                            + ": a voter is rebuilt from all the others, or something acknowledged may be lost");
                }
                DataFolder folder = DataFolder.open(each.getValue(), of);
                locked.add(folder);
                found.add(read(folder));
            }
            return rebuild(found);
        } catch (SQLException e) {
            throw SqliteFile.refused("rebuild", target, e);
        } catch (IOException e) {
            throw new EngineException("cannot rebuild " + target + ": " + e, e);
        } finally {
            locked.forEach(DataFolder::close);
        }
    }

    private void requireNoLog() {
        for (String name : List.of("raft.voter", "raft.db", "raft.witness")) {
            if (Files.exists(target.resolve(name))) {
                throw new EngineException(target.resolve(name) + " is there: move what is left of " + identity.node()
                        + "'s folder away first, and keep it until the rebuilt node has caught up");
            }
        }
    }

    private static Survivor read(DataFolder folder) throws SQLException {
        if (!folder.foundingStatus().isFounded()) {
            throw new EngineException(folder.log().getParent()
                    + " has no log: this cluster was not founded, so there is " + "nothing to rebuild from");
        }
        var size = SqliteLogStore.size(Long.MAX_VALUE);
        try (LogWitness witness = LogWitness.open(folder.witness())) {
            LogOpening.requireWhole(folder, witness);
        }
        Path file = folder.log();
        try (Connection connection = SqliteFile.openForWriting(file, size)) {
            NodeId node = folder.identity().node();
            long number = LogSchema.requireSame(
                    connection, file, folder.identity(), folder.foundingStatus().identity());
            var incarnation = new Incarnation(
                    number, IncarnationTable.own(connection, file).getLast());
            var snapshots = new SnapshotFolder(folder.path(), folder.identity());
            Restored log = SqliteLogStore.restore(connection, file, 0, snapshots.kept());
            return new Survivor(node, file, log, snapshots, IncarnationTable.peers(connection, file), incarnation);
        }
    }

    private Done rebuild(List<Survivor> found) throws SQLException, IOException {
        Survivor best = found.stream()
                .max(Comparator.comparingLong(Survivor::lastTerm)
                        .thenComparingLong(each -> each.log().lastIndex()))
                .orElseThrow(() -> new EngineException("nobody is named from whom " + identity.node()
                        + " could be rebuilt: name the folders of all other voters"));
        Configuration voters = best.voters();
        VoterId lost = requireAllOthers(voters, best);
        var state = new VoteState(
                found.stream()
                                .mapToLong(each -> each.log().state().term())
                                .max()
                                .orElseThrow()
                        + 1,
                Optional.empty());
        long incarnation = found.stream()
                .mapToLong(each -> each.lastStartOf(identity.node()))
                .max()
                .orElseThrow();
        Files.createDirectories(target, OwnerOnly.folder(target));
        Path file = target.resolve("raft.db");
        SqliteFile.create(file);
        Files.copy(best.file(), file, StandardCopyOption.REPLACE_EXISTING);
        copySnapshots(best.snapshots());
        long write = rewrite(file, lost, incarnation, state, found);
        LogWitness.create(target.resolve("raft.witness"));
        try (LogWitness witness = LogWitness.open(target.resolve("raft.witness"))) {
            witness.note(write);
            witness.sync();
        }
        VoterFile.write(target.resolve("raft.voter"), identity, new FoundingStatus(lost, voters.identities(), true));
        return new Done(best.node(), best.log().lastIndex(), state.term());
    }

    /// What was cut from the log is in them. Nothing in one is a single node's own.
    private void copySnapshots(SnapshotFolder from) throws IOException {
        var to = new SnapshotFolder(target, identity);
        for (SnapshotMeta meta : from.kept()) {
            Files.copy(from.file(meta.lastIndex()), to.file(meta.lastIndex()), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /// The identity of the lost voter; throws where the survivors are not all others.
    private VoterId requireAllOthers(Configuration voters, Survivor best) {
        VoterId lost = voters.identities().get(identity.node());
        var others = new TreeMap<>(voters.identities());
        others.remove(identity.node());
        if (lost == null || !others.keySet().equals(survivors.keySet())) {
            throw new EngineException("the log of " + best.node() + " says that " + voters.voters() + " vote: "
                    + identity.node() + " is rebuilt from the folders of all others, not of " + survivors.keySet()
                    + " alone, or something acknowledged may be lost");
        }
        return lost;
    }

    /// Gives the copied log to the lost voter, as one write; answers its number.
    private long rewrite(Path file, VoterId lost, long incarnation, VoteState state, List<Survivor> found)
            throws SQLException {
        var size = SqliteLogStore.size(Long.MAX_VALUE);
        try (Connection connection = SqliteFile.openForWriting(file, size)) {
            long write = LogSchema.lastWrite(connection) + 1;
            LogSchema.giveTo(connection, identity, lost, incarnation);
            try (PreparedStatement vote = LogSchema.voteUpdate(connection);
                    PreparedStatement peer = IncarnationTable.peerUpdate(connection)) {
                LogSchema.bindVote(vote, state, write);
                vote.executeUpdate();
                for (Survivor each : found) {
                    IncarnationTable.bind(peer, each.node(), each.incarnation());
                    peer.executeUpdate();
                }
            }
            return write;
        }
    }
}
