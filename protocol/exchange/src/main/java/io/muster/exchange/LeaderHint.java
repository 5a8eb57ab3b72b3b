package io.muster.exchange;

import io.muster.wire.Fields;

/// Who leads, and the base address of its API, such as `http://10.0.0.1:8080`.
public record LeaderHint(String node, String apiAddress) {
    public LeaderHint {
        node = Fields.present(node, "node");
        apiAddress = Fields.present(apiAddress, "apiAddress");
    }
}
