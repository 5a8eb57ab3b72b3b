package io.muster.dispatch;

import io.muster.jobs.Labels;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;

/// Labels in their two forms: `{"zone":"eu","gpu":""}` outside, `zone=eu` and `gpu` in the ledger.
public final class LabelText {
    private LabelText() {}

    /// Labels as the ledger keeps them.
    public static Labels labels(Map<String, String> labels) {
        if (labels.isEmpty()) {
            return Labels.NONE;
        }
        var texts = new ArrayList<String>(labels.size());
        for (var label : labels.entrySet()) {
            String value = label.getValue();
            if (value == null) {
                throw new IllegalArgumentException(
                        "the label '" + label.getKey() + "' is null: a label without a value has the value \"\"");
            }
            texts.add(value.isEmpty() ? label.getKey() : label.getKey() + "=" + value);
        }
        return Labels.of(texts);
    }

    /// Labels as they travel, in the ledger's order.
    public static Map<String, String> map(Labels labels) {
        if (labels.values().isEmpty()) {
            return Map.of();
        }
        var map = new TreeMap<String, String>();
        for (String label : labels.values()) {
            int equals = label.indexOf('=');
            map.put(equals < 0 ? label : label.substring(0, equals), equals < 0 ? "" : label.substring(equals + 1));
        }
        return map;
    }
}
