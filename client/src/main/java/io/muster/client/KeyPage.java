package io.muster.client;

import java.util.List;

/// All API keys, revoked ones included.
public record KeyPage(List<KeyView> items) {
    public KeyPage {
        items = Fields.copied(items);
    }
}
