package io.muster.objects;

import io.muster.log.NodeId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// On which nodes' disks an object is known to be.
///
/// @param holders who holds it
/// @param voters who votes
/// @param missing of each of the others, why it is not known to hold it, in words
public record Copies(Set<NodeId> holders, Voters voters, List<String> missing) {
    public Copies {
        holders = Set.copyOf(holders);
        missing = List.copyOf(missing);
    }

    /// Whether a majority holds it: whoever may lead later finds one of them among its own voters.
    public boolean isMajority() {
        return voters.isMajority(holders);
    }

    /// How many voters there are; those that come or go included.
    public int nodes() {
        var all = new HashSet<>(voters.before());
        all.addAll(voters.after());
        return all.size();
    }

    /// How it stands, in a sentence.
    public String sentence() {
        return "the object is on the disks of " + holders.size() + " of " + nodes() + " nodes, " + (nodes() / 2 + 1)
                + " are needed" + (missing.isEmpty() ? "" : ": " + String.join("; ", missing));
    }
}
