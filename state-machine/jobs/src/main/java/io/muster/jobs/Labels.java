package io.muster.jobs;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/// A sorted set of labels such as `gpu` or `zone=eu`: what a job requires or a worker has.
public record Labels(List<String> values) {
    /// No labels: any worker will do.
    public static final Labels NONE = new Labels(List.of());

    private static final int MAX_LABEL_BYTES = 128;

    public Labels {
        FieldRules.within("a number of labels", values.size(), 0, JobLimits.MAX_WORKER_LABELS);
        String last = "";
        for (String label : values) {
            if (label.isEmpty() || label.compareTo(last) <= 0) {
                throw new IllegalArgumentException("labels must be sorted, distinct and not empty, not " + values);
            }
            last = FieldRules.key("label", label, MAX_LABEL_BYTES);
        }
        values = List.copyOf(values);
    }

    /// Sorts `labels` and drops repeats.
    public static Labels of(Collection<String> labels) {
        return labels.isEmpty() ? NONE : new Labels(List.copyOf(new TreeSet<>(labels)));
    }

    /// Sorts `labels` and drops repeats.
    public static Labels of(String... labels) {
        return of(List.of(labels));
    }

    /// Whether every label of `required` is among these.
    public boolean cover(Labels required) {
        return required.values.isEmpty() || values.containsAll(required.values);
    }

    @Override
    public String toString() {
        return String.join(",", values);
    }
}
