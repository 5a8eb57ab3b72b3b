package io.muster.catalog;

import java.util.ArrayList;
import java.util.List;

/// Collects problems up to [Problem#MAX_KEPT] and counts the rest.
final class Problems {

    private final List<Problem> kept = new ArrayList<>();
    private long count;

    void add(Problem problem) {
        count++;
        if (kept.size() < Problem.MAX_KEPT) {
            kept.add(problem);
        }
    }

    /// What was kept; when more came, a last one says how many.
    List<Problem> toList() {
        if (count == kept.size()) {
            return List.copyOf(kept);
        }
        var all = new ArrayList<>(kept);
        all.add(new Problem("…", (count - kept.size()) + " more problems of this kind"));
        return List.copyOf(all);
    }
}
