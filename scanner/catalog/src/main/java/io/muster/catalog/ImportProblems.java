package io.muster.catalog;

import java.util.ArrayList;
import java.util.List;

/// Collects problems up to [ImportProblem#MAX_KEPT] and counts the rest.
final class ImportProblems {

    private final List<ImportProblem> kept = new ArrayList<>();
    private long count;

    void add(ImportProblem problem) {
        count++;
        if (kept.size() < ImportProblem.MAX_KEPT) {
            kept.add(problem);
        }
    }

    /// What was kept; when more came, a last one says how many.
    List<ImportProblem> toList() {
        if (count == kept.size()) {
            return List.copyOf(kept);
        }
        var all = new ArrayList<>(kept);
        all.add(new ImportProblem("…", (count - kept.size()) + " more problems of this kind"));
        return List.copyOf(all);
    }
}
