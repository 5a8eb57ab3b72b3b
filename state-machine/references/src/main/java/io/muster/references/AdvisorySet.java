package io.muster.references;

/// A set of advisories that the cluster knows.
///
/// @param database the digest of what its records say, as audits name it: 64 hexadecimal digits
/// @param object the file that holds it
/// @param records how many records it has
public record AdvisorySet(String database, ObjectId object, long records) {
    public AdvisorySet {
        if (!ObjectId.isDigest(database)) {
            throw new IllegalArgumentException("'" + database + "' is no digest of an advisory set");
        }
        if (records < 0) {
            throw new IllegalArgumentException("no set has " + records + " records");
        }
    }
}
