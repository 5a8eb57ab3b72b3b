package io.muster.client;

import io.muster.wire.Fields;

/// Makes a set of advisories the one that audits use.
///
/// @param database the digest of what its records say, 64 hexadecimal digits
/// @param digest the object that holds its file
/// @param bytes how many bytes that has
/// @param records how many records it has
public record AdvisorySetRequest(String database, String digest, long bytes, long records) {
    public AdvisorySetRequest {
        database = Fields.present(database, "database");
        digest = Fields.present(digest, "digest");
    }
}
