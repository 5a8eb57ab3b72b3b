package io.muster.state;

import io.muster.encoding.BinaryReader;
import io.muster.encoding.BinaryWriter;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// This node's digests, and what the log says about them.
final class DigestComparison {
    /// How many digests are remembered: a check may come a few intervals late, not for ever.
    private static final int REMEMBERED = 16;

    /// Two names of nodes and their digests for each voter, in a sentence.
    private static final int MAX_SENTENCE_BYTES = 64 << 10;

    private final TreeMap<Long, Long> digests = new TreeMap<>();
    private long comparedIndex;
    private String undecided = "";

    /// Remembers this node's digest after the entry at `index`.
    void remember(long index, long digest) {
        digests.put(index, digest);
        if (digests.size() > REMEMBERED) {
            digests.pollFirstEntry();
        }
    }

    /// This node's digests at the last indexes at which nodes compare them.
    SortedMap<Long, Long> comparable() {
        return Collections.unmodifiableSortedMap(digests);
    }

    /// The last index at which the log has compared the digests; 0 before the first.
    long comparedIndex() {
        return comparedIndex;
    }

    /// Why it is not known whose state is right, as a sentence for people.
    Optional<String> undecided() {
        return undecided.isEmpty() ? Optional.empty() : Optional.of(undecided);
    }

    /// The majority decides who differs, not the leader: one with bad memory must not take the sound
    /// nodes down. A voter that is alone has no witness but itself in an earlier life, and two that
    /// differ are no majority. Throws [StateException] where this node differs.
    void compare(ClusterCommand.CheckDigest check) {
        var agreed = check.agreed();
        // An entry too old to be remembered tells nothing.
        long mine = digests.getOrDefault(check.index(), agreed.orElse(0L));
        boolean differs = agreed.isPresent() && mine != agreed.get();
        if (differs && check.voters() > 1) {
            throw new StateException("this node's state differs from that of the majority at entry " + check.index()
                    + ": digest " + Long.toHexString(mine) + " here, " + Long.toHexString(agreed.get())
                    + " there; test the memory of this machine before you start the node again: it then builds its "
                    + "state anew from its log, and stops here again if that differs too. In that case keep its "
                    + "folder for analysis, and do not start an empty one in its place");
        }
        if (check.index() < comparedIndex) {
            return;
        }
        comparedIndex = check.index();
        undecided = agreed.isEmpty() || differs ? inWords(check) : "";
    }

    private static String inWords(ClusterCommand.CheckDigest check) {
        String found = check.digests().entrySet().stream()
                .map(entry -> entry.getKey() + " had " + Long.toHexString(entry.getValue()))
                .collect(Collectors.joining(", "));
        String who = check.voters() > 1
                ? "the states of the nodes differ at entry " + check.index() + " and no majority of the "
                        + check.voters() + " voters agrees"
                : "the state of this node at entry " + check.index() + " is another than in an earlier life of it";
        return who + " (" + found + "): nobody can tell which is right, so nobody stops. Keep copies of the data "
                + "folders, test the memory of the machines, and start the nodes again one by one: each builds its "
                + "state anew from its log";
    }

    /// Begins anew, as before the first comparison.
    void forget() {
        digests.clear();
        comparedIndex = 0;
        undecided = "";
    }

    void write(BinaryWriter writer) {
        writer.varint(digests.size());
        digests.forEach((index, digest) -> writer.varint(index).i64(digest));
        writer.varint(comparedIndex).text(undecided);
    }

    void fill(BinaryReader reader) {
        int count = reader.count(REMEMBERED);
        for (int i = 0; i < count; i++) {
            digests.put(reader.varint(), reader.i64());
        }
        comparedIndex = reader.varint();
        undecided = reader.text(MAX_SENTENCE_BYTES);
    }
}
