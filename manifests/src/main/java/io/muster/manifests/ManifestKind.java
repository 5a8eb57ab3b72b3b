package io.muster.manifests;

import java.util.List;

/// The formats that are read. A new one is a constant here, its reader, and a line in [Readers].
public enum ManifestKind {
    NPM_LOCK("npm lockfile", "package-lock.json npm-shrinkwrap.json"),
    REQUIREMENTS("pip requirements", "requirements*.txt *requirements.txt"),
    CARGO_LOCK("Cargo lockfile", "Cargo.lock"),
    GO_MOD("Go module", "go.mod"),
    GO_SUM("Go checksums", "go.sum"),
    CYCLONEDX_JSON("CycloneDX JSON", "*.cdx.json bom.json");

    private final String title;
    private final String names;

    /// @param names file names, separated by blanks
    ManifestKind(String title, String names) {
        this.title = title;
        this.names = names;
    }

    /// What a person calls it.
    public String title() {
        return title;
    }

    /// The file names this kind goes by; one `*` in a name stands for any characters.
    public List<String> names() {
        return List.of(names.split(" ", -1));
    }

    boolean isNamed(String baseName) {
        return names().stream().anyMatch(pattern -> matches(pattern, baseName));
    }

    private static boolean matches(String pattern, String baseName) {
        int star = pattern.indexOf('*');
        if (star < 0) {
            return pattern.equals(baseName);
        }
        return baseName.length() >= pattern.length() - 1
                && baseName.startsWith(pattern.substring(0, star))
                && baseName.endsWith(pattern.substring(star + 1));
    }
}
