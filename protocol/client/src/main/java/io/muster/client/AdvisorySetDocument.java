package io.muster.client;

import java.time.Instant;

/// A set of advisories that the cluster has.
///
/// @param database the digest of what its records say, as audits name it
/// @param digest the object that holds its file
/// @param bytes how many bytes that has
/// @param records how many records it has
/// @param current whether audits use it that name no other
/// @param publishedAt when it was published last
/// @param by who published it
public record AdvisorySetDocument(
        String database, String digest, long bytes, long records, boolean current, Instant publishedAt, String by) {}
