package io.muster.advisories;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Groups advisories that speak of the same weakness: a union-find over ids.
///
/// Two advisories belong together when they share a name (id or alias), directly or over others of the group, or when
/// one lists the other under `related`. A `related` id that no advisory at hand bears joins nothing: two distinct
/// weaknesses are often related to the same third one.
final class AliasGroups {

    private final Map<String, String> parents = new HashMap<>();

    private AliasGroups() {}

    /// The groups, each in the order of `entries`, ordered by their first member.
    static Collection<List<Match>> group(List<Match> matches) {
        if (matches.size() == 1) {
            return List.of(matches);
        }
        var known = new AliasGroups();
        for (Match match : matches) {
            var summary = match.summary();
            known.root(summary.id());
            summary.aliases().forEach(name -> known.join(summary.id(), name));
        }
        for (Match match : matches) {
            var summary = match.summary();
            summary.related().stream()
                    .filter(known.parents::containsKey)
                    .forEach(name -> known.join(summary.id(), name));
        }
        Map<String, List<Match>> groups = new LinkedHashMap<>();
        for (Match match : matches) {
            String root = known.root(match.summary().id());
            groups.computeIfAbsent(root, missing -> new ArrayList<>()).add(match);
        }
        return groups.values();
    }

    private void join(String a, String b) {
        String rootOfA = root(a);
        String rootOfB = root(b);
        if (!rootOfA.equals(rootOfB)) {
            parents.put(rootOfB, rootOfA);
        }
    }

    private String root(String name) {
        String at = name;
        String parent = parents.computeIfAbsent(at, missing -> missing);
        while (!parent.equals(at)) {
            String grandparent = parents.getOrDefault(parent, parent);
            parents.put(at, grandparent);
            at = parent;
            parent = grandparent;
        }
        return at;
    }
}
