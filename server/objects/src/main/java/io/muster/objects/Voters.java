package io.muster.objects;

import io.muster.log.NodeId;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Who votes at one moment. While members change, a majority of those before and one of those after are needed.
///
/// @param before all voters; those of the configuration that is being left where there are two
/// @param after the same; those of the configuration that is being entered where there are two
public record Voters(Set<NodeId> before, Set<NodeId> after) {
    public Voters {
        before = Set.copyOf(before);
        after = Set.copyOf(after);
    }

    /// Those whom nothing changes.
    public static Voters of(Set<NodeId> all) {
        return new Voters(all, all);
    }

    /// All of them but `self`, by name.
    public List<NodeId> others(NodeId self) {
        var others = new TreeSet<>(before);
        others.addAll(after);
        others.remove(self);
        return List.copyOf(others);
    }

    /// Whether `holders` are a majority, of both where there are two.
    boolean isMajority(Set<NodeId> holders) {
        return isMajority(before, holders) && isMajority(after, holders);
    }

    private static boolean isMajority(Set<NodeId> voters, Set<NodeId> holders) {
        return voters.stream().filter(holders::contains).count() > voters.size() / 2;
    }
}
