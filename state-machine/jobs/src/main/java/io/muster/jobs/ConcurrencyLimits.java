package io.muster.jobs;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// How many jobs run under each concurrency key, and which groups of lanes wait for one of them to end.
final class ConcurrencyLimits {
    private final Map<String, Integer> running = new HashMap<>();
    private final Map<String, Set<ConcurrencyGroup>> groups = new HashMap<>();

    boolean hasRoom(Concurrency concurrency) {
        return !concurrency.isLimited() || running(concurrency) < concurrency.limit();
    }

    /// The groups that get room, or lose it, if so many more jobs run under the key; fewer where
    /// `change` is below 0.
    List<ConcurrencyGroup> turnedBy(Concurrency concurrency, int change) {
        if (!concurrency.isLimited()) {
            return List.of();
        }
        int before = running(concurrency);
        int after = before + change;
        return groups.getOrDefault(concurrency.key(), Set.of()).stream()
                .filter(group -> (before < group.concurrency.limit()) != (after < group.concurrency.limit()))
                .toList();
    }

    /// So many more jobs run under the key.
    void count(Concurrency concurrency, int change) {
        if (concurrency.isLimited()) {
            running.merge(concurrency.key(), change, (before, more) -> before + more == 0 ? null : before + more);
        }
    }

    void add(ConcurrencyGroup group) {
        if (group.concurrency.isLimited()) {
            groups.computeIfAbsent(group.concurrency.key(), _ -> new LinkedHashSet<>())
                    .add(group);
        }
    }

    void remove(ConcurrencyGroup group) {
        groups.computeIfPresent(group.concurrency.key(), (_, ofKey) -> {
            ofKey.remove(group);
            return ofKey.isEmpty() ? null : ofKey;
        });
    }

    private int running(Concurrency concurrency) {
        return running.getOrDefault(concurrency.key(), 0);
    }
}
