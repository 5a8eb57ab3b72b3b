package io.muster.manifests;

/// Why a package that a file names is not asked about, as it is counted and told.
public enum SkipReason {
    /// A commit of a repository: whatever version it claims, no advisory speaks of it.
    GIT("from git"),
    /// A folder or archive beside the project.
    FOLDER("from a folder"),
    /// An address outside any registry.
    ADDRESS("from an address"),
    /// A registry whose packages may bear the names of public ones.
    REGISTRY("from another registry"),
    /// The file leaves the version to the installer.
    NO_VERSION("without a version"),
    /// A range, a tag, a variable: more than one version, or none yet.
    RANGE("with a version that is not one version"),
    /// An entry that is not of its format; nothing of it is listed.
    UNREADABLE("not understood");

    private final String words;

    SkipReason(String words) {
        this.words = words;
    }

    /// Behind a number in a sentence: `3 from git`.
    public String words() {
        return words;
    }

    /// Whether the copy is known to come from elsewhere, so that nothing is missed by not asking.
    public boolean isElsewhere() {
        return switch (this) {
            case GIT, FOLDER, ADDRESS, REGISTRY -> true;
            case NO_VERSION, RANGE, UNREADABLE -> false;
        };
    }
}
