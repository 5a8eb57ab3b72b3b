package io.muster.advisories;

/// What a finding rests on, so that anyone can repeat it: the database by its digest, the engine by its version.
public record Provenance(String databaseDigest, String engineVersion) {

    /// The version of this engine. It changes whenever the same database could give other findings.
    public static final String ENGINE_VERSION = "muster-advisories/0.2.0";

    /// What this engine finds in the database with `databaseDigest`.
    public static Provenance ofDatabase(String databaseDigest) {
        return new Provenance(databaseDigest, ENGINE_VERSION);
    }
}
