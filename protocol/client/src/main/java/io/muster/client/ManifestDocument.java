package io.muster.client;

import io.muster.wire.Fields;

/// One dependency file: its name tells the format, so it must be the usual one (`package-lock.json`, `go.mod`, …).
public record ManifestDocument(String name, String content) {
    public ManifestDocument {
        name = Fields.present(name, "name");
        content = Fields.present(content, "content");
    }
}
